-- Which targets were met, exceeded or missed? (目标完成情况)
select
    organisation,
    year,
    indicator,
    target,
    target_low,
    target_high,
    approximation,
    actual,
    unit,
    gap,
    verdict,
from plan_vs_actual
where verdict <> 'not_comparable'
order by verdict = 'missed' desc, organisation, year, indicator, target_mention_id, target_subject_no
