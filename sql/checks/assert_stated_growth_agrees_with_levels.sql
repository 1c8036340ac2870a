-- grain: one row per stated figure that other figures contradict (growth)
-- tested: main.stated_vs_computed where check_type = 'growth'
-- canary: insert into main.stated_vs_computed by name select 'm5' as mention_id, '投资' as indicator, 'growth' as check_type, 6.8 as stated, 5.2 as computed, 0.1 as tolerance, false as agrees, 'contradiction' as reason
select c.mention_id as row_key, printf('%.2f', c.stated::double) as value,
    'the report says ' || coalesce(c.indicator, 'it') || ' changed by ' || printf('%.2f', c.stated::double) || '%, but its own figures give ' || printf('%.2f', c.computed::double) || '%: correct the rate or one of the two levels' as detail,
    coalesce(c.indicator, '') || '：文中增速为 ' || printf('%.2f', c.stated::double) || '%，按两年数值计算为 ' || printf('%.2f', c.computed::double) || '%，请更正增速或数值' as detail_zh,
from main.stated_vs_computed as c
where c.check_type = 'growth' and not c.agrees
    and c.reason = 'contradiction'
