-- How does one bureau compare with the year before? (某单位的同比)
select
    year,
    indicator,
    value,
    prev_value,
    unit,
    change_pct,
    stated_change_pct,
    direction,
    reason,
from yoy
where
    organisation = '枫屿县城市管理局'
    and change_basis is null
    and period_window = 'year'
    and comparable
order by year desc, indicator, mention_id, subject_no
