-- grain: one row per stated figure that other figures contradict (parts)
-- tested: main.stated_vs_computed where check_type = 'parts'
-- canary: insert into main.stated_vs_computed by name select 'm5' as mention_id, '投资' as indicator, 'parts' as check_type, 6.8 as stated, 5.2 as computed, 0.1 as tolerance, false as agrees, 'contradiction' as reason
select c.mention_id as row_key, printf('%.2f', c.stated::double) as value,
    'the parts of ' || coalesce(c.indicator, 'the total') || ' add up to ' || printf('%.2f', c.computed::double) || ', more than the total of ' || printf('%.2f', c.stated::double) || ' ' || coalesce(c.unit, '') as detail,
    coalesce(c.indicator, '') || '：分项之和 ' || printf('%.2f', c.computed::double) || ' 大于合计 ' || printf('%.2f', c.stated::double) || coalesce(c.unit, '') as detail_zh,
from main.stated_vs_computed as c
where c.check_type = 'parts' and not c.agrees
