-- grain: one row per rank that two organisations of one place claim for the same indicator and year
-- tested: main.series where kind = 'ranking' and value is not null and rank_scope is not null
-- canary: update core.documents set region_code = '330100', organisation_id = 'o' || right(document_id, 1); insert into main.series by name select 'o' || right(d.document_id, 1) as organisation_id, d.document_id, 'county' as level, 'i1' as indicator_id, '投资' as indicator, 'ranking' as kind, '2024' as period_code, 2024 as period_year, 'result' as scenario_group, 1 as value, '全市' as rank_scope, 'm9' as mention_id from core.documents as d where d.document_id in ('d1', 'd2')
with ranks as (
    select s.organisation_id, s.organisation, s.level, s.indicator_id, s.indicator, s.change_basis, s.period_code, s.rank_scope, s.value, s.mention_id,
        case when s.rank_scope = '全国' then 'all' when s.rank_scope = '全省' then left(d.region_code, 2) when s.rank_scope = '全市' then left(d.region_code, 4) end as place,
    from main.series as s
    join core.documents as d on d.document_id = s.document_id
    where s.kind = 'ranking' and s.value is not null and s.scenario_group = 'result'
)

select a.mention_id as row_key, a.value::bigint::varchar as value,
    a.organisation || ' and ' || b.organisation || ' both claim place ' || a.value::bigint || ' in ' || a.rank_scope || ' for ' || a.indicator || ' (' || a.period_code || ')' as detail,
    a.organisation || '与' || b.organisation || '都称' || a.indicator || '（' || a.period_code || '）居' || a.rank_scope || '第' || a.value::bigint || '位' as detail_zh,
from ranks as a
join ranks as b
    on b.indicator_id = a.indicator_id and b.change_basis is not distinct from a.change_basis and b.period_code = a.period_code and b.rank_scope = a.rank_scope
    and b.level = a.level and b.place = a.place and b.value = a.value and b.organisation_id <> a.organisation_id
