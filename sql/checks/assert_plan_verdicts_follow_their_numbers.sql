-- grain: one row per plan called exceeded, met or missed without both numbers
-- tested: main.plan_vs_actual
-- canary: insert into main.plan_vs_actual by name select 'o1' as organisation_id, 2024 as year, 110 as target, null as actual, 'exceeded' as verdict, 'm8' as target_mention_id, 'm4' as actual_mention_id
select coalesce(p.actual_mention_id, p.target_mention_id) as row_key, p.verdict as value,
    'judged ' || p.verdict || ' without a target and a result to compare' as detail,
    '缺少目标或结果却判为 ' || p.verdict as detail_zh,
from main.plan_vs_actual as p
where p.verdict is null
    or (p.verdict <> 'not_comparable' and coalesce(p.actual, p.actual_low, p.actual_high) is null)
    or (p.verdict <> 'not_comparable' and coalesce(p.target, p.target_low, p.target_high) is null)
    or (p.verdict = 'not_comparable' and p.reason is null)
