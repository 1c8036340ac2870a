-- grain: one row per stated figure that other figures contradict (cumulative)
-- tested: main.stated_vs_computed where check_type = 'cumulative'
-- canary: insert into main.stated_vs_computed by name select 'm5' as mention_id, '投资' as indicator, 'cumulative' as check_type, 6.8 as stated, 5.2 as computed, 0.1 as tolerance, false as agrees, 'contradiction' as reason
select c.mention_id as row_key, printf('%.2f', c.stated::double) as value,
    coalesce(c.indicator, 'a figure') || ' of ' || printf('%.2f', c.stated::double) || ' for a part of the year exceeds that of the whole, ' || printf('%.2f', c.computed::double) as detail,
    coalesce(c.indicator, '') || '：部分时期的 ' || printf('%.2f', c.stated::double) || ' 大于全年的 ' || printf('%.2f', c.computed::double) as detail_zh,
from main.stated_vs_computed as c
where c.check_type = 'cumulative' and not c.agrees
