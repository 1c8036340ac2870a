-- grain: one row per growth that only a restated base explains
-- tested: main.stated_vs_computed where check_type = 'growth'
-- canary: insert into main.stated_vs_computed by name select 'm5' as mention_id, '投资' as indicator, 'growth' as check_type, 6.1 as stated, -1.8 as computed, 0.1 as tolerance, false as agrees, 'base_restated' as reason
select c.mention_id as row_key, printf('%.2f', c.stated::double) as value,
    coalesce(c.indicator, 'it') || ': the stated change of ' || printf('%.2f', c.stated::double) || '% cannot follow from last year''s figure as published ('
        || printf('%.2f', c.computed::double) || '%): the base was restated, or one figure is wrong. The pair is not compared' as detail,
    coalesce(c.indicator, '') || '：按上年公布数计算为 ' || printf('%.2f', c.computed::double) || '%，与文中 ' || printf('%.2f', c.stated::double)
        || '% 不符：可能修订了基数，也可能有误，该对数据不作同比' as detail_zh,
from main.stated_vs_computed as c
where c.check_type = 'growth' and not c.agrees and c.reason = 'base_restated'
