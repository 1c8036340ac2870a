-- Where was last year's base restated, and what does the report imply it is now? (基数修订)
select
    organisation,
    year,
    indicator,
    value,
    prev_value as prev_as_published,
    round(value / (1 + stated_change_pct / 100), 2) as prev_as_implied,
    stated_change_pct,
    computed_pct,
    unit,
from yoy
where reason = 'base_restated'
order by organisation, year, indicator, mention_id
