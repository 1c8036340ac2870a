-- grain: one row per organisation ranked before another of its place with the worse value
-- tested: main.series where kind = 'ranking' and value is not null and rank_scope is not null
-- canary: update core.documents set region_code = '330100', organisation_id = 'o' || right(document_id, 1); insert into main.series by name select 'o' || v.doc as organisation_id, 'd' || v.doc as document_id, 'county' as level, 'i1' as indicator_id, '投资' as indicator, v.kind, '2024' as period_code, 2024 as period_year, 'result' as scenario_group, v.value, if(v.kind = 'ranking', '全市', null) as rank_scope, 'm9' as mention_id from (values ('1', 'ranking', 1), ('2', 'ranking', 2), ('1', 'amount', 100), ('2', 'amount', 900)) as v (doc, kind, value); update core.indicators set better = 'up'
with ranks as (
    select s.organisation_id, s.organisation, s.level, s.indicator_id, s.indicator, s.period_code, s.rank_scope, s.value as place, v.value, s.mention_id,
        case when s.rank_scope = '全国' then 'all' when s.rank_scope = '全省' then left(d.region_code, 2) when s.rank_scope = '全市' then left(d.region_code, 4) end as area,
    from main.series as s
    join core.documents as d on d.document_id = s.document_id
    join main.series as v
        on v.organisation_id = s.organisation_id and v.indicator_id = s.indicator_id and v.period_code = s.period_code and v.scenario_group = 'result'
        and v.kind in ('amount', 'count') and v.change_basis is null and v.value is not null
    where s.kind = 'ranking' and s.value is not null and s.change_basis is null and s.scenario_group = 'result'
)

select a.mention_id as row_key, a.place::bigint::varchar as value,
    coalesce(a.organisation, a.organisation_id) || ' is ranked before ' || coalesce(b.organisation, b.organisation_id) || ' in ' || a.rank_scope || ' for ' || a.indicator || ', but its value is smaller' as detail,
    coalesce(a.organisation, a.organisation_id) || '的' || a.indicator || '排在' || coalesce(b.organisation, b.organisation_id) || '之前，但数值更小' as detail_zh,
from ranks as a
join ranks as b
    on b.indicator_id = a.indicator_id and b.period_code = a.period_code and b.rank_scope = a.rank_scope and b.level = a.level and b.area = a.area
    and a.place < b.place and a.value < b.value
join core.indicators as i on i.indicator_id = a.indicator_id and i.better = 'up'
