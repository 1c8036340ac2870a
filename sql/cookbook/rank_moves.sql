-- Who climbed and who fell in the rankings? (位次变化)
select
    organisation,
    year,
    indicator,
    rank_scope,
    of_change,
    prev_rank,
    rank,
    move,
    reason,
from rank_changes
where comparable
order by move desc, organisation, year, indicator, mention_id
