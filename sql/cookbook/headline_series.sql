-- How did a government's headline figures run over the years? (主要指标时间序列)
select
    indicator,
    unit,
    change_basis,
    max(value) filter (where period_year = 2022) as y2022,
    max(value) filter (where period_year = 2023) as y2023,
    max(value) filter (where period_year = 2024) as y2024,
from series
where
    organisation = '枫屿县人民政府'
    and scenario_group = 'result'
    and period_code = period_year::varchar
    and kind <> 'ranking'
    and coalesce(change_basis, 'yoy') = 'yoy'
    and indicator_id in (select indicator_id from core.indicators where origin = 'catalogue')
group by indicator, indicator_id, kind, unit, change_basis
having count(distinct period_year) >= 2
order by indicator, change_basis nulls first, unit, kind, indicator_id
