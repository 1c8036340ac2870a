-- One row per organisation × indicator × kind × change_basis × period window × scenario group: the mention chosen for it (see choices).
-- table
with chosen as (
    select *
    from main.choices
    where is_preferred
),
rows as (
    select
        c.organisation_id,
        d.organisation,
        d.region,
        d.level,
        c.indicator_id,
        i.name_zh as indicator,
        c.kind,
        o.unit,
        c.change_basis,
        o.period_code,
        c.period_year,
        c.scenario_group,
        o.scenario,
        o.value,
        o.value_low,
        o.value_high,
        o.obs_status,
        c.mention_id,
        c.subject_no,
        coalesce(d.report_year, d.plan_year) as report_year,
        c.n_mentions,
        c.choice_reason,
        o.approximation,
        o.change_direction,
        o.target_force,
        o.rank_scope,
        o.period_type,
        -- the window within a year, the same in every year: year, S1, Q2, 09, 01-01/P9M, 12-31, TD, EV
        case
            when c.cell_period like 'masked:%' then c.cell_period
            when c.cell_period = c.period_year::varchar then 'year'
            when o.period_type = 'multi_year' then 'over ' || c.cell_period
            when c.cell_period like c.period_year || '-%' then substr(c.cell_period, 6)
            else c.cell_period
        end as period_window,
        c.last_stated_year,
        c.is_contradicted,
        -- what one unit of the last written digit stands for; things counted one by one are exact
        case
            when c.kind = 'count' and abs(o.value::double) = try_cast(replace(o.written_value, ',', '') as double) then 0
            when try_cast(replace(o.written_value, ',', '') as double) <> 0 and o.value is not null
                then (
                    abs(o.value::double) / try_cast(replace(o.written_value, ',', '') as double)
                    * pow(10, -length(regexp_extract(o.written_value, '\.(\d+)', 1)))
                )::decimal(38, 6)
        end as written_step,
        d.document_id,
    from chosen as c
    join core.observations as o on o.mention_id = c.mention_id and o.subject_no = c.subject_no
    join core.documents as d on d.document_id = o.document_id
    left join core.indicators as i on i.indicator_id = c.indicator_id
)
select
    organisation_id,
    organisation,
    region,
    level,
    indicator_id,
    indicator,
    kind,
    unit,
    change_basis,
    period_code,
    period_year,
    scenario_group,
    scenario,
    value,
    value_low,
    value_high,
    obs_status,
    mention_id,
    subject_no,
    report_year,
    n_mentions,
    choice_reason,
    approximation,
    change_direction,
    target_force,
    rank_scope,
    period_type,
    period_window,
    last_stated_year,
    is_contradicted,
    written_step,
    document_id,
from rows
order by organisation_id, indicator_id, kind, change_basis, period_year, period_code, scenario_group
