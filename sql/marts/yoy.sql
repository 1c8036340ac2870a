-- One row per organisation × indicator × kind (not ranking) × change_basis × period window × year that has a figure for the year or the year before, for years with a report.
-- The growth stated for a level is the chosen percentage of the same indicator, window and year. It contradicts the two levels where no true
-- values behind the written digits agree; growth at constant prices may lie below that of current levels by `price_rise` points and above it by
-- `price_fall`, which is what prices have done.
with limits as (
    select 8.0 as price_rise, 3.0 as price_fall
),
scales as (
    select unit, any_value(dimension) as dimension, any_value(factor)::double as factor
    from core.units
    group by unit
),
previous as (
    select
        observation_row, value, period_code, obs_status, scenario, unit, approximation, written_step, mention_id, subject_no,
        case when is_only then report_year else last_stated_year end as last_stated_year,
        not is_only and is_contradicted as is_contradicted,
    from steps.chosen
),
joined as (
    select
        b.organisation_id, b.organisation, b.region, b.level, b.indicator_id, b.indicator, b.kind, b.change_basis, b.pair_window, x.year,
        case
            when x.is_mentioned then b.period_code
            -- the same window, a year later
            when b.period_code is null then null
            when b.pair_window = 'year' then x.year::varchar
            else x.year || '-' || b.pair_window
        end as period_code,
        case when x.is_mentioned then b.value end as value,
        case when x.is_mentioned then b.obs_status end as obs_status,
        case when x.is_mentioned then b.scenario end as scenario,
        case when x.is_mentioned then b.unit end as unit,
        case when x.is_mentioned then b.approximation end as approximation,
        case when x.is_mentioned then b.change_direction end as change_direction,
        case when x.is_mentioned then b.written_step end as written_step,
        case when x.is_mentioned then b.report_year end as report_year,
        case when x.is_mentioned then b.period_code is null end as is_masked_period,
        case when x.is_mentioned then b.mention_id end as mention_id,
        case when x.is_mentioned then b.subject_no end as subject_no,
        b.is_contradicted or coalesce(p.is_contradicted, false) as is_contradicted,
        p.value as prev_written, p.period_code as prev_period_code, p.obs_status as prev_obs_status, p.scenario as prev_scenario, p.unit as prev_unit,
        p.approximation as prev_approximation, p.written_step as prev_written_step, p.last_stated_year as prev_last_stated,
        p.period_code is null as prev_is_masked_period, p.mention_id as prev_mention_id, p.subject_no as prev_subject_no,
        not x.has_previous_report as no_previous_report,
        coalesce(u.dimension, case when x.is_mentioned then b.unit end) as dimension,
        coalesce(v.dimension, p.unit) as prev_dimension,
        coalesce(v.factor, 1) / coalesce(u.factor, v.factor, 1) as ratio,
        i.price_basis = 'constant' or (i.origin = 'derived' and i.name_zh like '%增加值%') as is_constant,
        x.growth,
        x.growth_step,
        x.growth_approximation,
        x.growth_mention_id,
        x.growth_direction,
        x.is_mentioned and b.change_basis is null as is_level,
    from steps.pairs as x
    join steps.cells as b on b.observation_row = x.base_row
    left join previous as p on p.observation_row = x.prev_row
    left join scales as u on u.unit = case when x.is_mentioned then b.unit end
    left join scales as v on v.unit = p.unit
    left join core.indicators as i on i.indicator_id = b.indicator_id
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
