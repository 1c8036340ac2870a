-- How do organisations of one level rank by how far they passed or missed a target? (目标差距排名)
select
    level,
    year,
    indicator,
    organisation,
    target,
    actual,
    gap,
    unit,
    verdict,
    rank() over (partition by level, year, indicator_id, kind, change_basis, unit order by gap desc) as place,
from plan_vs_actual
where gap is not null
order by level, year, indicator, change_basis nulls first, place, organisation, target_mention_id, target_subject_no
