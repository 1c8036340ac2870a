-- One row per organisation × indicator × kind × change_basis × period window × scenario group: the mention chosen for it (see choices).
-- table
-- The organisation goes by the name in its latest report.
with organisations as (
    select
        organisation_id,
        arg_max(organisation, report_year) as organisation,
        arg_max(region, report_year) as region,
        arg_max(level, report_year) as level,
    from core.documents
    where organisation_id is not null
    group by organisation_id
),
chosen as (
    select
        g.organisation_id,
        g.organisation,
        g.region,
        g.level,
        o.indicator_id,
        i.name_zh as indicator,
        o.kind,
        o.unit,
        o.change_basis,
        o.period_code,
        o.period_year,
        c.scenario_group,
        o.scenario,
        o.value,
        o.value_low,
        o.value_high,
        o.obs_status,
        o.mention_id,
        o.subject_no,
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
            when c.cell_period = o.period_year::varchar then 'year'
            when c.cell_period like 'masked:%' then c.cell_period
            when o.period_type = 'multi_year' then 'over ' || c.cell_period
            when starts_with(c.cell_period, o.period_year || '-') then substr(c.cell_period, 6)
            else c.cell_period
        end as period_window,
        c.last_stated_year,
        c.is_contradicted,
        -- what one unit of the last written digit stands for; things counted one by one are exact
        case
            when o.kind = 'count' and abs(o.value::double) = try_cast(replace(o.written_value, ',', '') as double) then 0
            when try_cast(replace(o.written_value, ',', '') as double) <> 0 and o.value is not null
                then abs(o.value::double) / try_cast(replace(o.written_value, ',', '') as double)
                    * pow(10, -length(regexp_extract(o.written_value, '\.(\d+)', 1)))
        end as written_step,
        o.document_id,
    from main.choices as c
    join core.observations as o on o.rowid = c.observation_row
    join core.documents as d on d.document_id = o.document_id
    join organisations as g on g.organisation_id = d.organisation_id
    left join core.indicators as i on i.indicator_id = o.indicator_id
    where c.is_preferred
),
-- a masked window (x-x月) stands for the one window of its type that the year before or after has
guesses as (
    select m.mention_id, m.subject_no, min(n.period_window) as pair_window
    from chosen as m
    join chosen as n
        on n.organisation_id = m.organisation_id and n.indicator_id = m.indicator_id and n.kind = m.kind
        and n.change_basis is not distinct from m.change_basis and n.period_type = m.period_type and n.period_year in (m.period_year - 1, m.period_year + 1)
        and n.scenario_group = m.scenario_group
    where m.period_window like 'masked:%' and n.period_window not like 'masked:%'
    group by m.mention_id, m.subject_no
    having count(distinct n.period_window) = 1
),
-- unless its own year has that window too
free as (
    select g.mention_id, g.subject_no, g.pair_window
    from guesses as g
    join chosen as m on m.mention_id = g.mention_id and m.subject_no = g.subject_no
    anti join chosen as n
        on n.organisation_id = m.organisation_id and n.indicator_id = m.indicator_id and n.kind = m.kind
        and n.change_basis is not distinct from m.change_basis and n.period_year = m.period_year and n.scenario_group = m.scenario_group
        and n.period_window = g.pair_window
)
select
    c.organisation_id,
    c.organisation,
    c.region,
    c.level,
    c.indicator_id,
    c.indicator,
    c.kind,
    c.unit,
    c.change_basis,
    c.period_code,
    c.period_year,
    c.scenario_group,
    c.scenario,
    c.value,
    c.value_low,
    c.value_high,
    c.obs_status,
    c.mention_id,
    c.subject_no,
    c.report_year,
    c.n_mentions,
    c.choice_reason,
    c.approximation,
    c.change_direction,
    c.target_force,
    c.rank_scope,
    c.period_type,
    c.period_window,
    coalesce(f.pair_window, c.period_window) as pair_window,
    c.last_stated_year,
    c.is_contradicted,
    c.written_step,
    c.document_id,
from chosen as c
left join free as f on f.mention_id = c.mention_id and f.subject_no = c.subject_no
