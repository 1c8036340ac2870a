-- One row per chosen level with a stated growth and a level of the year before: what the two levels give, and how far the stated growth is off.
-- table
-- Narrow, by the row number of the observation: `stated_vs_computed` puts names to it.
with levels as not materialized (
    select
        observation_row, hash(organisation_id, indicator_id, kind, change_basis, pair_window) as cell, organisation_id, indicator_id, pair_window, period_year, unit, value::double as value,
        coalesce(written_step, 0) / 2 as half, last_stated_year, report_year, mention_id,
    from steps.cells
    where
        scenario_group = 'result' and change_basis is null and kind in ('amount', 'count') and value > 0 and approximation = 'exact'
        and not is_contradicted and period_window not like 'masked:%' and period_window not like 'over %'
),
stated as (
    select
        hash(organisation_id, indicator_id, kind, change_basis, pair_window) as cell, period_year, value::double as growth, coalesce(written_step, 0) / 2 as half,
        mention_id,
    from steps.cells
    where
        scenario_group = 'result' and change_basis = 'yoy' and kind = 'percentage' and unit = '%' and value is not null and approximation = 'exact'
        and not is_contradicted
),
scales as (
    select unit, any_value(dimension) as dimension, any_value(factor)::double as factor
    from core.units
    group by unit
),
compared as (
    select
        c.observation_row,
        c.mention_id,
        p.mention_id as prev_mention_id,
        g.mention_id as growth_mention_id,
        c.value as now,
        c.half as now_half,
        p.value * (coalesce(v.factor, 1) / coalesce(u.factor, 1)) as before,
        p.half * (coalesce(v.factor, 1) / coalesce(u.factor, 1)) as before_half,
        g.growth,
        g.half as growth_half,
        coalesce(p.last_stated_year, 0) >= c.report_year as is_base_repeated,
    from levels as c
    join levels as p on p.cell = c.cell and p.period_year = c.period_year - 1
    join stated as g
        on g.cell = hash(c.organisation_id, c.indicator_id, 'percentage', 'yoy', c.pair_window) and g.period_year = c.period_year
    left join scales as u on u.unit = c.unit
    left join scales as v on v.unit = p.unit
    where coalesce(u.dimension, c.unit) = coalesce(v.dimension, p.unit) and p.value > p.half
),
pairs as (
    select
        observation_row, mention_id, prev_mention_id, growth_mention_id, growth, is_base_repeated,
        (now / before - 1) * 100 as computed,
        ((now + now_half) / (before - before_half) - (now - now_half) / (before + before_half)) * 50 + growth_half as tolerance,
        greatest(
            0,
            ((now - now_half) / (before + before_half) - 1) * 100 - (growth + growth_half),
            (growth - growth_half) - ((now + now_half) / (before - before_half) - 1) * 100
        ) as gap,
    from compared
)
select
    observation_row,
    mention_id,
    prev_mention_id,
    growth_mention_id,
    growth,
    computed,
    tolerance,
    gap,
    is_base_repeated,
from pairs
