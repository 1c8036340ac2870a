-- grain: one row per organisation, indicator, period window and year that main.yoy has twice
-- tested: main.yoy
-- canary: insert into main.yoy by name select 'o1' as organisation_id, '青城局' as organisation, 'i1' as indicator_id, '投资' as indicator, 'amount' as kind, '2024' as period_code, 2024 as year, 110 as value, 100 as prev_value, '元' as unit, 'A' as status, 'A' as prev_status, true as comparable, 'ok' as reason, unnest(['m4', 'm5']) as mention_id
select any_value(coalesce(y.mention_id, y.prev_mention_id)) as row_key, y.indicator_id as value,
    'main.yoy has ' || count(*) || ' rows for this organisation, indicator, period and year' as detail,
    'main.yoy 对该单位、指标、时期、年份有 ' || count(*) || ' 行' as detail_zh,
from main.yoy as y
group by y.organisation_id, y.indicator_id, y.kind, y.change_basis, y.period_window, y.period_code, y.year
having count(*) > 1
