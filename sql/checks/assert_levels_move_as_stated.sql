-- grain: one row per level that fell although a rise is stated, or rose although a fall is
-- tested: main.yoy where stated_change_pct is not null and value is not null and prev_value is not null
-- canary: insert into main.yoy by name select 'o1' as organisation_id, '青城局' as organisation, 'i1' as indicator_id, '投资' as indicator, 'amount' as kind, '2024' as period_code, 2024 as year, 90 as value, 100 as prev_value, '元' as unit, 'A' as status, 'A' as prev_status, 5 as stated_change_pct, -10 as computed_pct, -10 as change_pct, 'base_restated' as reason, 'm4' as mention_id
select y.mention_id as row_key, printf('%.2f', y.stated_change_pct::double) as value,
    y.indicator || ' ' || if(y.value < y.prev_value, 'fell', 'rose') || ' against ' || (y.year - 1) || ' although the report states a change of '
        || printf('%.2f', y.stated_change_pct::double) || '%: look for a restated base, another unit or a wrong figure' as detail,
    y.indicator || '：较' || (y.year - 1) || '年' || if(y.value < y.prev_value, '下降', '上升') || '，而文中写变动 ' || printf('%.2f', y.stated_change_pct::double)
        || '%，请核对基数、单位和数值' as detail_zh,
from main.yoy as y
where y.kind <> 'percentage' and y.change_basis is null and y.status <> 'Q' and y.prev_status <> 'Q' and y.reason <> 'unit_differs'
    and ((y.stated_change_pct > 1 and y.value < y.prev_value * 0.99) or (y.stated_change_pct < -1 and y.value > y.prev_value * 1.01))
