-- grain: one row per level more than twenty times that of the year before, or less than a twentieth
-- tested: main.yoy where value > 0 and prev_value > 0 and change_basis is null and kind = 'amount'
-- canary: insert into main.yoy by name select 'o1' as organisation_id, '青城局' as organisation, 'i1' as indicator_id, '投资' as indicator, 'amount' as kind, '2024' as period_code, 2024 as year, 1100000 as value, 100 as prev_value, '元' as unit, 'A' as status, 'A' as prev_status, true as comparable, 'ok' as reason, 'm4' as mention_id
select y.mention_id as row_key, y.value::varchar as value,
    y.indicator || ' of ' || coalesce(y.organisation, '') || ' went from ' || rtrim(rtrim(y.prev_value::varchar, '0'), '.') || ' to ' || rtrim(rtrim(y.value::varchar, '0'), '.') || ' ' || coalesce(y.unit, '') || ' in a year'
        || ': see whether one of them is in 元 and the other in 万元 or 亿元' as detail,
    coalesce(y.organisation, '') || '的' || y.indicator || '一年间由 ' || rtrim(rtrim(y.prev_value::varchar, '0'), '.') || ' 变为 ' || rtrim(rtrim(y.value::varchar, '0'), '.') || ' ' || coalesce(y.unit, '') || '，请核对单位（元、万元、亿元）' as detail_zh,
from main.yoy as y
join core.indicators as i on i.indicator_id = y.indicator_id
where y.value > 0 and y.prev_value > 0 and y.change_basis is null and y.kind = 'amount' and i.origin = 'catalogue'
    and (y.value > 20 * y.prev_value or y.prev_value > 20 * y.value) and y.reason <> 'unit_differs'
