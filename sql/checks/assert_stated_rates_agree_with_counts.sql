-- grain: one row per stated figure that other figures contradict (rate)
-- tested: main.stated_vs_computed where check_type = 'rate'
-- canary: insert into main.stated_vs_computed by name select 'm5' as mention_id, '投资' as indicator, 'rate' as check_type, 6.8 as stated, 5.2 as computed, 0.1 as tolerance, false as agrees, 'contradiction' as reason
select c.mention_id as row_key, printf('%.2f', c.stated::double) as value,
    'the report says ' || coalesce(c.indicator, 'the rate') || ' is ' || printf('%.2f', c.stated::double) || '%, but the counts beside it give ' || printf('%.2f', c.computed::double) || '%' as detail,
    coalesce(c.indicator, '') || '：文中为 ' || printf('%.2f', c.stated::double) || '%，按所列数量计算为 ' || printf('%.2f', c.computed::double) || '%' as detail_zh,
from main.stated_vs_computed as c
where c.check_type = 'rate' and not c.agrees
