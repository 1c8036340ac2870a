-- One row per organisation × indicator × kind (not ranking) × change_basis × period window × year that has a figure for the year or the year before, for years with a report.
-- table
-- The growth stated for a level is the chosen percentage of the same indicator, window and year. It contradicts the two levels where no true
-- values behind the written digits agree; growth at constant prices may lie below that of current levels by `price_rise` points and above it by
-- `price_fall`, which is what prices have done.
with limits as (
    select 8.0 as price_rise, 3.0 as price_fall
),
results as (
    select
        s.organisation_id, s.organisation, s.region, s.level, s.indicator_id, s.indicator, s.kind, s.change_basis,
        s.period_year as year, s.period_code, s.period_type, s.period_window, s.unit, s.value, s.value_low, s.value_high, s.obs_status, s.scenario,
        s.approximation, s.change_direction, s.written_step, s.report_year, s.last_stated_year, s.is_contradicted, s.mention_id, s.subject_no,
        coalesce(u.dimension, s.unit) as dimension,
        coalesce(u.factor, 1) as factor,
        s.period_window like 'masked:%' as is_masked_period,
    from main.series as s
    left join core.units as u on u.unit = s.unit
    where s.scenario_group = 'result' and s.kind <> 'ranking' and s.period_window not like 'over %'
),
-- a masked window (x-x月) stands for the one window of its type that the year before or after has
guesses as (
    select m.mention_id, m.subject_no, min(n.period_window) as period_window
    from results as m
    join results as n
        on n.organisation_id = m.organisation_id and n.indicator_id = m.indicator_id and n.kind = m.kind
        and n.change_basis is not distinct from m.change_basis and n.period_type = m.period_type and n.year in (m.year - 1, m.year + 1)
    where m.is_masked_period and not n.is_masked_period
    group by m.mention_id, m.subject_no
    having count(distinct n.period_window) = 1
),
placed as (
    select r.* replace (coalesce(g.period_window, r.period_window) as period_window)
    from results as r
    left join guesses as g on r.is_masked_period and g.mention_id = r.mention_id and g.subject_no = r.subject_no
    qualify
        not r.is_masked_period
        or count(*) filter (where not r.is_masked_period) over (
            partition by r.organisation_id, r.indicator_id, r.kind, r.change_basis, coalesce(g.period_window, r.period_window), r.year
        ) = 0
),
report_years as (
    select organisation_id, report_year as year
    from core.documents
    where organisation_id is not null and report_year is not null
    group by organisation_id, report_year
),
pairs as (
    select
        coalesce(c.organisation_id, p.organisation_id) as organisation_id,
        coalesce(c.organisation, p.organisation) as organisation,
        coalesce(c.region, p.region) as region,
        coalesce(c.level, p.level) as level,
        coalesce(c.indicator_id, p.indicator_id) as indicator_id,
        coalesce(c.indicator, p.indicator) as indicator,
        coalesce(c.kind, p.kind) as kind,
        coalesce(c.change_basis, p.change_basis) as change_basis,
        coalesce(c.period_window, p.period_window) as period_window,
        coalesce(c.year, p.year + 1) as year,
        c.period_code,
        c.value,
        c.value_low,
        c.value_high,
        c.obs_status,
        c.scenario,
        c.unit,
        c.dimension,
        c.factor,
        c.approximation,
        c.change_direction,
        c.written_step,
        c.report_year,
        c.is_masked_period,
        coalesce(c.is_contradicted, false) or coalesce(p.is_contradicted, false) as is_contradicted,
        c.mention_id,
        c.subject_no,
        p.value as prev_written,
        case when c.dimension = p.dimension then (p.value * p.factor / c.factor)::decimal(38, 6) else p.value end as prev_value,
        p.period_code as prev_period_code,
        p.obs_status as prev_obs_status,
        p.scenario as prev_scenario,
        p.unit as prev_unit,
        p.dimension as prev_dimension,
        p.approximation as prev_approximation,
        p.written_step::double * p.factor::double / coalesce(c.factor, p.factor)::double as prev_step,
        p.last_stated_year as prev_last_stated,
        p.is_masked_period as prev_is_masked_period,
        p.mention_id as prev_mention_id,
        p.subject_no as prev_subject_no,
    from placed as c
    full outer join placed as p
        on p.organisation_id = c.organisation_id and p.indicator_id = c.indicator_id and p.kind = c.kind
        and coalesce(p.change_basis, '') = coalesce(c.change_basis, '') and p.period_window = c.period_window and p.year = c.year - 1
),
stated as (
    select
        organisation_id,
        indicator_id,
        period_window,
        year,
        max(value) filter (where kind = 'percentage' and unit = '%' and value is not null) as growth,
        max(written_step) filter (where kind = 'percentage' and unit = '%' and value is not null) as growth_step,
        max(approximation) filter (where kind = 'percentage' and unit = '%') as growth_approximation,
        coalesce(
            max(change_direction) filter (where kind = 'percentage' and unit = '%'), max(change_direction)
        ) as direction,
        max(mention_id) filter (where kind = 'percentage' and unit = '%') as growth_mention_id,
    from placed
    where change_basis = 'yoy'
    group by organisation_id, indicator_id, period_window, year
),
joined as (
    select
        p.*,
        y.year is null as no_previous_report,
        i.price_basis = 'constant' or (i.origin = 'derived' and i.name_zh like '%增加值%') as is_constant,
        case when p.change_basis is null and p.mention_id is not null then g.growth end as stated_change_pct,
        case when p.change_basis is null and p.mention_id is not null then g.growth_step end as stated_step,
        case when p.change_basis is null and p.mention_id is not null then g.growth_approximation end as stated_approximation,
        case when p.change_basis is null and p.mention_id is not null then g.growth_mention_id end as growth_mention_id,
        case
            when p.mention_id is null then null
            when p.change_basis is not null then p.change_direction
            else g.direction
        end as stated_direction,
    from pairs as p
    join report_years as r on r.organisation_id = p.organisation_id and r.year = p.year
    left join report_years as y on y.organisation_id = p.organisation_id and y.year = p.year - 1
    left join core.indicators as i on i.indicator_id = p.indicator_id
    left join stated as g
        on g.organisation_id = p.organisation_id and g.indicator_id = p.indicator_id and g.period_window = p.period_window and g.year = p.year
),
computed as (
    select
        *,
        case when dimension = prev_dimension and unit not in ('%', '个百分点') then (value::double / nullif(prev_value::double, 0) - 1) * 100 end as computed_pct,
        case when dimension = prev_dimension and unit not in ('%', '个百分点') and prev_value > 0 and value > 0 then
            ((value::double - coalesce(written_step::double, 0) / 2) / (prev_value::double + coalesce(prev_step, 0) / 2) - 1) * 100
        end as computed_low,
        case when dimension = prev_dimension and unit not in ('%', '个百分点') and prev_value > coalesce(prev_step, 0) / 2 and value > 0 then
            ((value::double + coalesce(written_step::double, 0) / 2) / (prev_value::double - coalesce(prev_step, 0) / 2) - 1) * 100
        end as computed_high,
    from joined
),
judged as (
    select
        *,
        -- points by which the stated growth lies outside what the written levels allow; 0 where they agree
        case
            when stated_change_pct is null or computed_low is null or computed_high is null then null
            else greatest(
                0,
                computed_low - (stated_change_pct::double + coalesce(stated_step::double, 0) / 2),
                (stated_change_pct::double - coalesce(stated_step::double, 0) / 2) - computed_high
            )
        end as growth_gap,
    from computed
),
reasoned as (
    select
        j.*,
        case
            when prev_mention_id is null and no_previous_report then 'no_previous_report'
            when mention_id is null then 'not_mentioned'
            when prev_mention_id is null and is_masked_period and obs_status <> 'Q' then 'period_redacted'
            when prev_mention_id is null then 'not_mentioned_previous'
            when obs_status = 'Q' then 'redacted'
            when prev_obs_status = 'Q' then 'redacted_previous'
            when is_masked_period or prev_is_masked_period then 'period_redacted'
            when dimension <> prev_dimension then 'unit_differs'
            when growth_gap > (case when not is_constant then 0 when computed_pct > stated_change_pct then l.price_rise else l.price_fall end) + 1e-6
                and approximation = 'exact' and prev_approximation = 'exact' and coalesce(stated_approximation, 'exact') = 'exact'
                and coalesce(prev_last_stated, 0) < report_year
                then 'base_restated'
            when approximation in ('at_least', 'at_most', 'range') or prev_approximation in ('at_least', 'at_most', 'range') then 'bound_only'
            when value is null or prev_value is null then 'bound_only'
            -- two figures in one report for the same thing leave a range
            when is_contradicted then 'bound_only'
            when approximation = 'about' or prev_approximation = 'about' then 'approximate'
            when scenario = 'expected' or prev_scenario = 'expected' then 'expected'
            else 'ok'
        end as reason,
    from judged as j
    cross join limits as l
)
select
    organisation_id,
    organisation,
    region,
    level,
    indicator_id,
    indicator,
    kind,
    change_basis,
    case
        when mention_id is not null then period_code
        when prev_is_masked_period then null
        when period_window = 'year' then year::varchar
        else year || '-' || period_window
    end as period_code,
    prev_period_code,
    period_window,
    year,
    value,
    prev_value,
    coalesce(obs_status, 'O') as status,
    coalesce(prev_obs_status, 'O') as prev_status,
    scenario,
    prev_scenario,
    coalesce(unit, prev_unit) as unit,
    prev_unit,
    case when reason in ('approximate', 'expected', 'ok') then (value - prev_value)::decimal(38, 6) end as change,
    case
        when reason in ('approximate', 'expected', 'ok') and unit not in ('%', '个百分点', '‰') and prev_value > 0
            then ((value / prev_value::double - 1) * 100)::decimal(38, 6)
    end as change_pct,
    stated_change_pct,
    coalesce(
        stated_direction,
        case
            when reason not in ('approximate', 'expected', 'ok') then null
            when value > prev_value then 'up'
            when value < prev_value then 'down'
            else 'flat'
        end
    ) as direction,
    reason in ('approximate', 'expected', 'ok') as comparable,
    reason,
    mention_id,
    subject_no,
    prev_mention_id,
    prev_subject_no,
    growth_mention_id,
    computed_pct::decimal(38, 6) as computed_pct,
    (computed_high - computed_low)::decimal(38, 6) / 2 as computed_tolerance,
    (stated_step / 2)::decimal(38, 6) as stated_tolerance,
    growth_gap::decimal(38, 6) as growth_gap,
    is_constant,
    coalesce(prev_last_stated, 0) >= report_year as is_base_repeated,
from reasoned
order by organisation_id, indicator_id, kind, change_basis, period_window, year
