-- grain: one row per pair that is called comparable without two values, or not comparable without a reason
-- tested: main.yoy
-- canary: insert into main.yoy by name select 'o1' as organisation_id, '青城局' as organisation, 'i1' as indicator_id, '投资' as indicator, 'amount' as kind, '2024' as period_code, 2024 as year, 110 as value, null as prev_value, '元' as unit, 'A' as status, 'A' as prev_status, true as comparable, 'ok' as reason, 'm4' as mention_id
select coalesce(y.mention_id, y.prev_mention_id, y.organisation_id || ' ' || y.indicator_id || ' ' || y.year) as row_key, y.reason as value,
    'called ' || if(y.comparable, 'comparable', 'not comparable') || ' with reason ' || coalesce(y.reason, 'none') as detail,
    '标为' || if(y.comparable, '可比', '不可比') || '，原因为 ' || coalesce(y.reason, '空') as detail_zh,
from main.yoy as y
where y.comparable is null or y.reason is null
    or (y.comparable and (y.value is null or y.prev_value is null or y.reason not in ('approximate', 'expected', 'ok')))
    or (not y.comparable and y.reason in ('approximate', 'expected', 'ok'))
