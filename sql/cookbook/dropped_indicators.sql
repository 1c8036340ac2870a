-- What did a report stop mentioning? (不再提及的指标)
select
    organisation,
    year,
    indicator,
    kind,
    prev_value,
    unit,
    prev_mention_id,
from yoy
where reason = 'not_mentioned' and prev_status <> 'F' and change_basis is null
order by organisation, year, indicator, kind, prev_mention_id, prev_subject_no
