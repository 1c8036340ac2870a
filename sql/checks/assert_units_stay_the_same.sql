-- grain: one row per indicator whose unit is of another dimension than the year before
-- tested: main.yoy where unit is not null and prev_unit is not null and change_basis is null
-- canary: insert into main.yoy by name select 'o1' as organisation_id, '青城局' as organisation, 'i1' as indicator_id, '投资' as indicator, 'amount' as kind, '2024' as period_code, 2024 as year, 110 as value, 100 as prev_value, '元' as unit, 'A' as status, 'A' as prev_status, false as comparable, 'unit_differs' as reason, '吨' as prev_unit, 'm4' as mention_id
select coalesce(y.mention_id, y.prev_mention_id) as row_key, y.unit as value,
    y.indicator || ' of ' || coalesce(y.organisation, '') || ' is in ' || coalesce(y.unit, '?') || ', a year before in ' || coalesce(y.prev_unit, '?') || ': the two cannot be compared' as detail,
    coalesce(y.organisation, '') || '的' || y.indicator || '今年以“' || coalesce(y.unit, '?') || '”计，上年以“' || coalesce(y.prev_unit, '?') || '”计，无法同比' as detail_zh,
from main.yoy as y
where y.reason = 'unit_differs' and y.change_basis is null
