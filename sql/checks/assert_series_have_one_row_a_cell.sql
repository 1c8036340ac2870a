-- grain: one row per cell of main.series that is there twice
-- tested: main.series
-- canary: insert into main.series by name select 'o1' as organisation_id, 'i1' as indicator_id, 'amount' as kind, '2024' as period_code, 'result' as scenario_group, 'm4' as mention_id, unnest([1, 2]) as subject_no
select any_value(s.mention_id) as row_key, s.indicator_id as value,
    'the series has ' || count(*) || ' rows for this organisation, indicator and period' as detail,
    '该单位、指标、时期在序列中有 ' || count(*) || ' 行' as detail_zh,
from main.series as s
where s.period_code is not null
group by s.organisation_id, s.indicator_id, s.kind, s.change_basis, s.period_code, s.scenario_group, s.rank_scope
having count(*) > 1
