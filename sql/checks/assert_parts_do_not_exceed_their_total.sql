-- grain: one row per total that its parts exceed together
-- tested: core.observations where part_of_mention_id is not null and value is not null
-- canary: update core.observations set value = 999000000000 where mention_id = 'm6'
with parts as (
    select o.part_of_mention_id as mention_id, o.unit, o.period_code, sum(o.value) as total, count(*) as n, string_agg(o.written_value || coalesce(o.written_unit, ''), ' + ') as said
    from core.observations as o
    where o.part_of_mention_id is not null and o.value is not null and o.change_basis is null and o.kind in ('count', 'amount')
    group by o.part_of_mention_id, o.unit, o.period_code
)

select t.mention_id || '#' || t.subject_no as row_key, t.written_value || coalesce(t.written_unit, '') as value,
    'the parts of ' || coalesce(t.indicator_name, 'the total') || ' (' || p.said || ') exceed the total '
        || t.written_value || coalesce(t.written_unit, '') || ': correct one of them in the report' as detail,
    coalesce(t.indicator_name, '合计') || '的分项之和（' || p.said || '）超过合计 ' || t.written_value || coalesce(t.written_unit, '') || '：请核对原文' as detail_zh,
from core.observations as t
join parts as p on p.mention_id = t.mention_id and p.unit = t.unit and p.period_code is not distinct from t.period_code
where t.value is not null and t.value_high is not null and t.change_basis is null and p.total > t.value_high * 1.005 + 0.000001
