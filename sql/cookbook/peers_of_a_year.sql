-- How do organisations of one level compare in one year? (同级比较)
select
    indicator,
    period_code,
    level,
    organisation,
    value,
    unit,
    rank_among,
    n,
    median,
from peers
where n >= 2 and change_basis is null
order by indicator, period_code desc, rank_among nulls last, organisation, mention_id, subject_no
