-- What was redacted this year and not last? (今年隐去而去年公布的指标)
select
    organisation,
    year,
    indicator,
    kind,
    change_basis,
    prev_value,
    unit,
    mention_id,
from yoy
where status = 'Q' and prev_value is not null
order by organisation, year, indicator, kind, change_basis nulls first, mention_id, subject_no
