-- One row per organisation × indicator × kind (not ranking) × change_basis × period window × year that has a figure for the year or the year before, for years with a report.
-- The growth stated for a level is the chosen percentage of the same indicator, window and year. It contradicts the two levels where no true
-- values behind the written digits agree; growth at constant prices may lie below that of current levels by `price_rise` points and above it by
-- `price_fall`, which is what prices have done. Names are joined on beside ids so that a filter on either reaches every part.
with limits as (
    select 8.0 as price_rise, 3.0 as price_fall
),
results as not materialized (
    select
        s.organisation_id, s.organisation, s.region, s.level, s.indicator_id, s.indicator, s.kind, s.change_basis, s.period_year as year,
        s.period_code, s.pair_window, s.unit, s.value, s.obs_status, s.scenario, s.approximation, s.change_direction, s.written_step,
        s.report_year, s.last_stated_year, s.is_contradicted, s.mention_id, s.subject_no,
        s.period_window like 'masked:%' as is_masked_period,
    from main.series as s
    where s.scenario_group = 'result' and s.kind <> 'ranking' and s.period_window not like 'over %'
),
report_years as (
    select organisation_id, report_year as year
    from core.documents
    where organisation_id is not null and report_year is not null
    group by organisation_id, report_year
),
scales as (
    select unit, any_value(dimension) as dimension, any_value(factor)::double as factor
    from core.units
    group by unit
),
growths as (
    select
        organisation_id, organisation, indicator_id, indicator, pair_window, year,
        max(value) filter (where kind = 'percentage' and unit = '%') as growth,
        max(written_step) filter (where kind = 'percentage' and unit = '%' and value is not null) as growth_step,
        max(approximation) filter (where kind = 'percentage' and unit = '%') as growth_approximation,
        max(mention_id) filter (where kind = 'percentage' and unit = '%') as growth_mention_id,
        coalesce(max(change_direction) filter (where kind = 'percentage' and unit = '%'), max(change_direction)) as direction,
    from results
    where change_basis = 'yoy'
    group by organisation_id, organisation, indicator_id, indicator, pair_window, year
),
pairs as (
    select
        c.organisation_id, c.organisation, c.region, c.level, c.indicator_id, c.indicator, c.kind, c.change_basis, c.pair_window, c.year,
        c.period_code, c.value, c.obs_status, c.scenario, c.unit, c.approximation, c.change_direction, c.written_step, c.report_year,
        c.is_masked_period, c.mention_id, c.subject_no,
        c.is_contradicted or coalesce(p.is_contradicted, false) as is_contradicted,
        p.value as prev_written, p.period_code as prev_period_code, p.obs_status as prev_obs_status, p.scenario as prev_scenario, p.unit as prev_unit,
        p.approximation as prev_approximation, p.written_step as prev_written_step, p.last_stated_year as prev_last_stated,
        p.is_masked_period as prev_is_masked_period, p.mention_id as prev_mention_id, p.subject_no as prev_subject_no,
    from results as c
    left join results as p
        on p.organisation_id = c.organisation_id and p.organisation = c.organisation and p.indicator_id = c.indicator_id and p.indicator = c.indicator
        and p.kind = c.kind and p.change_basis is not distinct from c.change_basis and p.pair_window = c.pair_window and p.year = c.year - 1
    union all
    select
        p.organisation_id, p.organisation, p.region, p.level, p.indicator_id, p.indicator, p.kind, p.change_basis, p.pair_window, p.year + 1 as year,
        -- the same window, a year later
        case when p.is_masked_period then null when p.pair_window = 'year' then (p.year + 1)::varchar else (p.year + 1) || '-' || p.pair_window end as period_code,
        null as value, null as obs_status, null as scenario, null as unit, null as approximation, null as change_direction, null as written_step,
        null as report_year, null as is_masked_period, null as mention_id, null as subject_no,
        p.is_contradicted,
        p.value as prev_written, p.period_code as prev_period_code, p.obs_status as prev_obs_status, p.scenario as prev_scenario, p.unit as prev_unit,
        p.approximation as prev_approximation, p.written_step as prev_written_step, p.last_stated_year as prev_last_stated,
        p.is_masked_period as prev_is_masked_period, p.mention_id as prev_mention_id, p.subject_no as prev_subject_no,
    from results as p
    anti join results as c
        on c.organisation_id = p.organisation_id and c.organisation = p.organisation and c.indicator_id = p.indicator_id and c.indicator = p.indicator
        and c.kind = p.kind and c.change_basis is not distinct from p.change_basis and c.pair_window = p.pair_window and c.year = p.year + 1
),
joined as (
    select
        p.*,
        y.year is null as no_previous_report,
        coalesce(u.dimension, p.unit) as dimension,
        coalesce(v.dimension, p.prev_unit) as prev_dimension,
        coalesce(v.factor, 1) / coalesce(u.factor, v.factor, 1) as ratio,
        i.price_basis = 'constant' or (i.origin = 'derived' and i.name_zh like '%增加值%') as is_constant,
        g.growth,
        g.growth_step,
        g.growth_approximation,
        g.growth_mention_id,
        g.direction as growth_direction,
        p.change_basis is null and p.mention_id is not null as is_level,
    from pairs as p
    semi join report_years as r on r.organisation_id = p.organisation_id and r.year = p.year
    left join report_years as y on y.organisation_id = p.organisation_id and y.year = p.year - 1
    left join scales as u on u.unit = p.unit
    left join scales as v on v.unit = p.prev_unit
    left join (select indicator_id, any_value(price_basis) as price_basis, any_value(origin) as origin, any_value(name_zh) as name_zh from core.indicators group by indicator_id) as i
        on i.indicator_id = p.indicator_id
    left join growths as g
        on g.organisation_id = p.organisation_id and g.organisation = p.organisation and g.indicator_id = p.indicator_id and g.indicator = p.indicator
        and g.pair_window = p.pair_window and g.year = p.year
),
computed as (
    select
        * exclude (growth, growth_step, growth_approximation, growth_mention_id, growth_direction),
        case when is_level then growth end as stated_change_pct,
        case when is_level then growth_step end as stated_step,
        case when is_level then growth_approximation end as stated_approximation,
        case when is_level then growth_mention_id end as growth_mention_id,
        case when mention_id is null then null when change_basis is not null then change_direction else growth_direction end as stated_direction,
        value::double as now,
        prev_written::double * case when dimension = prev_dimension then ratio else 1 end as before,
        coalesce(written_step, 0) / 2 as now_half,
        coalesce(prev_written_step, 0) * ratio / 2 as before_half,
        coalesce(unit, prev_unit) not in ('%', '个百分点', '‰') as is_amount,
    from joined
),
judged as (
    select
        *,
        -- points by which the stated growth lies outside what the written levels allow; 0 where they agree
        case
            when stated_change_pct is not null and is_amount and dimension = prev_dimension and now > 0 and before > before_half then greatest(
                0,
                ((now - now_half) / (before + before_half) - 1) * 100 - (stated_change_pct::double + coalesce(stated_step, 0) / 2),
                (stated_change_pct::double - coalesce(stated_step, 0) / 2) - ((now + now_half) / (before - before_half) - 1) * 100
            )
        end as growth_gap,
        case when is_amount and dimension = prev_dimension and before <> 0 then (now / before - 1) * 100 end as computed_pct,
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
            -- two figures in one report for the same thing leave a range
            when value is null or prev_written is null or is_contradicted then 'bound_only'
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
    period_code,
    prev_period_code,
    pair_window as period_window,
    year,
    value,
    case when ratio = 1 or dimension is distinct from prev_dimension then prev_written else before::decimal(38, 6) end as prev_value,
    coalesce(obs_status, 'O') as status,
    coalesce(prev_obs_status, 'O') as prev_status,
    scenario,
    prev_scenario,
    coalesce(unit, prev_unit) as unit,
    prev_unit,
    case
        when reason not in ('approximate', 'expected', 'ok') then null
        when ratio = 1 then (value - prev_written)::decimal(38, 6)
        else (now - before)::decimal(38, 6)
    end as change,
    case when reason in ('approximate', 'expected', 'ok') and is_amount and before > 0 then ((now / before - 1) * 100)::decimal(38, 6) end as change_pct,
    stated_change_pct,
    coalesce(
        stated_direction,
        case
            when reason not in ('approximate', 'expected', 'ok') then null
            when now > before then 'up'
            when now < before then 'down'
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
    case
        when is_amount and dimension = prev_dimension and now > 0 and before > before_half
            then (((now + now_half) / (before - before_half) - (now - now_half) / (before + before_half)) * 50)::decimal(38, 6)
    end as computed_tolerance,
    (stated_step / 2)::decimal(38, 6) as stated_tolerance,
    growth_gap::decimal(38, 6) as growth_gap,
    coalesce(is_constant, false) as is_constant,
    coalesce(prev_last_stated, 0) >= report_year as is_base_repeated,
from reasoned
