-- One row per organisation × indicator × kind × change_basis × period window × year with a plan (目标), against the result reported for that year.
-- A target without a bound is met when reached and exceeded beyond; 以上 and 以内 likewise from their bound; 左右 is met within the tolerance
-- of the settings or beyond it in the better direction; a range is met inside. Whether more is better: the catalogue, else the bound, else more.
with plans as (
    select
        s.*,
        coalesce(u.dimension, s.unit) as dimension,
        coalesce(u.factor, 1) as factor,
        case
            when s.change_basis is not null and s.change_direction = 'down' then 'down'
            when s.approximation = 'at_most' then 'down'
            when s.approximation = 'at_least' then 'up'
            else coalesce(i.better, 'up')
        end as better,
    from main.series as s
    left join core.indicators as i on i.indicator_id = s.indicator_id
    left join core.units as u on u.unit = s.unit
    where s.scenario_group = 'plan' and s.kind <> 'ranking'
),
results as (
    select
        s.*,
        coalesce(u.dimension, s.unit) as dimension,
        coalesce(u.factor, 1) as factor,
    from main.series as s
    left join core.units as u on u.unit = s.unit
    where s.scenario_group = 'result'
),
report_years as (
    select organisation_id, report_year as year
    from core.documents
    where organisation_id is not null and report_year is not null
    group by organisation_id, report_year
),
pairs as (
    select
        p.organisation_id,
        p.organisation,
        p.region,
        p.level,
        p.indicator_id,
        p.indicator,
        p.kind,
        p.change_basis,
        p.period_code,
        p.period_year as year,
        p.unit,
        p.value as target,
        p.value_low as target_low,
        p.value_high as target_high,
        p.approximation as target_approximation,
        p.target_force,
        p.obs_status as target_status,
        p.better,
        p.report_year as target_report_year,
        p.dimension,
        r.dimension as actual_dimension,
        case when r.dimension = p.dimension then (r.value * r.factor / p.factor)::decimal(38, 6) else r.value end as actual,
        case when r.dimension = p.dimension then (r.value_low * r.factor / p.factor)::decimal(38, 6) else r.value_low end as actual_low,
        case when r.dimension = p.dimension then (r.value_high * r.factor / p.factor)::decimal(38, 6) else r.value_high end as actual_high,
        r.unit as actual_unit,
        r.obs_status as actual_status,
        r.scenario as actual_scenario,
        r.approximation as actual_approximation,
        y.year is not null as is_reported,
        p.mention_id as target_mention_id,
        p.subject_no as target_subject_no,
        r.mention_id as actual_mention_id,
        r.subject_no as actual_subject_no,
    from plans as p
    left join results as r
        on r.organisation_id = p.organisation_id and r.organisation = p.organisation and r.indicator_id = p.indicator_id and r.indicator = p.indicator
        and r.kind = p.kind
        and coalesce(r.change_basis, '') = coalesce(p.change_basis, '') and r.period_window = p.period_window and r.period_year = p.period_year
    left join report_years as y on y.organisation_id = p.organisation_id and y.year = p.period_year
),
bounded as (
    select
        p.*,
        case
            when target_approximation = 'about' and unit in ('%', '个百分点', '‰') then t.rate_tolerance
            when target_approximation = 'about' then abs(target) * t.level_tolerance
            else 0
        end as tolerance,
        -- the target as a stretch: from where it is met, from where it is exceeded, seen in the better direction
        case
            when target_approximation = 'range' and better = 'down' then -coalesce(target_high, target_low)
            when target_approximation = 'range' then coalesce(target_low, target_high)
            when better = 'down' then -coalesce(target, target_high, target_low)
            else coalesce(target, target_low, target_high)
        end as met_from,
        case
            when target_approximation = 'range' and better = 'down' then -coalesce(target_low, target_high)
            when target_approximation = 'range' then coalesce(target_high, target_low)
            when better = 'down' then -coalesce(target, target_high, target_low)
            else coalesce(target, target_low, target_high)
        end as met_to,
        case when better = 'down' then -actual else actual end as reached,
        case when better = 'down' then -actual_high else actual_low end as surely_reached,
    from pairs as p
    cross join core.settings as t
),
reasoned as (
    select
        *,
        case
            when actual_mention_id is null and not is_reported then 'no_report'
            when actual_mention_id is null then 'not_mentioned'
            when actual_status = 'Q' then 'redacted'
            when target_status = 'Q' then 'target_redacted'
            when met_from is null then 'no_number'
            when dimension <> actual_dimension then 'unit_differs'
            when actual_approximation in ('at_least', 'at_most', 'range') and coalesce(surely_reached < met_from, true) then 'bound_only'
            when reached is null and surely_reached is null then 'bound_only'
            when actual_approximation = 'about' then 'approximate'
            when actual_scenario = 'expected' then 'expected'
            else 'ok'
        end as reason,
    from bounded
),
judged as (
    select
        *,
        coalesce(reached, surely_reached) as result,
    from reasoned
)
select
    j.organisation_id,
    j.organisation,
    j.region,
    j.level,
    j.indicator_id,
    j.indicator,
    j.kind,
    j.change_basis,
    j.period_code,
    j.year,
    j.unit,
    j.target,
    j.target_low,
    j.target_high,
    j.target_approximation as approximation,
    j.target_force,
    j.actual,
    j.actual_low,
    j.actual_high,
    j.actual_unit,
    case
        when j.reason not in ('ok', 'expected', 'approximate') then null
        when j.target is not null then (coalesce(j.actual, j.actual_low, j.actual_high) - j.target)::decimal(38, 6)
        when coalesce(j.actual, j.actual_low, j.actual_high) < j.target_low then (coalesce(j.actual, j.actual_high) - j.target_low)::decimal(38, 6)
        when coalesce(j.actual, j.actual_low, j.actual_high) > j.target_high then (coalesce(j.actual, j.actual_low) - j.target_high)::decimal(38, 6)
        else 0
    end as gap,
    case
        when j.reason not in ('ok', 'expected', 'approximate') then 'not_comparable'
        when j.target_approximation = 'about' and j.result >= j.met_from - j.tolerance then 'met'
        when j.result > j.met_to then 'exceeded'
        when j.result >= j.met_from then 'met'
        else 'missed'
    end as verdict,
    j.reason,
    t.stated_verdict,
    j.better,
    j.target_report_year,
    j.target_mention_id,
    j.target_subject_no,
    j.actual_mention_id,
    j.actual_subject_no,
from judged as j
left join steps.verdicts as t on t.mention_id = j.actual_mention_id
