-- How do targets in 确保 (binding) end against those in 力争 (strive) and 预期 (anticipated)? (不同力度目标的完成率)
select
    target_force,
    count(*) as targets,
    count(*) filter (where verdict = 'exceeded') as exceeded,
    count(*) filter (where verdict = 'met') as met,
    count(*) filter (where verdict = 'missed') as missed,
    round(100.0 * count(*) filter (where verdict <> 'missed') / count(*), 1) as reached_pct,
from plan_vs_actual
where verdict <> 'not_comparable'
group by target_force
order by reached_pct desc, target_force
