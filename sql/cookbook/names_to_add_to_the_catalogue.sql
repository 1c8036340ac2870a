-- Which names should the catalogue learn? (待入目录的指标)
select
    example,
    kinds,
    units,
    n_mentions,
    n_documents,
    nearest_1,
    round(nearest_1_score, 1) as score,
from unmapped_indicators
where indicator_id like 'n-%'
order by n_documents desc, n_mentions desc, example, indicator_id
limit 30
