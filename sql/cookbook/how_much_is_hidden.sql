-- How much of each report is hidden? (隐去比例)
select
    organisation,
    year,
    indicators,
    redacted,
    round(100.0 * redacted / nullif(indicators, 0), 1) as redacted_pct,
    comparable_pairs,
from coverage
order by redacted_pct desc nulls last, organisation, year, organisation_id
