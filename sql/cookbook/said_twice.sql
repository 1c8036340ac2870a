-- What is said several times, and which mention was taken? (重复表述与取舍)
select
    f.organisation,
    f.period_code,
    f.indicator,
    f.surface,
    f.is_preferred,
    f.choice_reason,
    f.source_path,
from facts as f
join series as s
    on s.organisation_id = f.organisation_id and s.indicator_id = f.indicator_id and s.kind = f.kind and s.period_code = f.period_code
    and s.change_basis is not distinct from f.change_basis and s.scenario_group = case when f.scenario = 'planned' then 'plan' else 'result' end
where s.n_mentions > 1 and f.value is not null
order by f.organisation, f.period_code, f.indicator, f.kind, f.change_basis nulls first, f.source_path, f.char_start, f.subject_no, s.mention_id
