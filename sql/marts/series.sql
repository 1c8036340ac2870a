-- One row per organisation × indicator × kind × change_basis × period window × scenario group: the mention chosen for it (see choices).
-- table
-- The organisation goes by the name in its latest report.
with organisations as (
    select
        organisation_id,
        arg_max(organisation, report_year) as organisation,
        arg_max(region, report_year) as region,
        arg_max(level, report_year) as level,
        any_value(region_code) as region_code,
    from core.documents
    where organisation_id is not null
    group by organisation_id
),
-- a masked window (x-x月) stands for the one window of its type that the year before or after has, unless its own year has that window too
masked as (
    select c.observation_row, c.scenario_group, d.organisation_id, o.indicator_id, o.kind, o.change_basis, o.period_type, o.period_year
    from steps.choices as c
    join core.observations as o on o.rowid = c.observation_row
    join core.documents as d on d.document_id = o.document_id
    where c.is_preferred and c.cell_period like 'masked:%'
),
told as (
    select
        m.observation_row,
        n.period_year - m.period_year as years_on,
        case
            when n.cell_period = n.period_year::varchar then 'year'
            when starts_with(n.cell_period, n.period_year || '-') then substr(n.cell_period, 6)
            else n.cell_period
        end as pair_window,
    from masked as m
    join (
        select c.cell_period, c.scenario_group, d.organisation_id, o.indicator_id, o.kind, o.change_basis, o.period_type, o.period_year
        from steps.choices as c
        join core.observations as o on o.rowid = c.observation_row
        join core.documents as d on d.document_id = o.document_id
        where c.is_preferred and c.cell_period not like 'masked:%'
    ) as n
        on n.organisation_id = m.organisation_id and n.indicator_id = m.indicator_id and n.kind = m.kind
        and n.change_basis is not distinct from m.change_basis and n.period_type = m.period_type and n.scenario_group = m.scenario_group
    where n.period_year between m.period_year - 1 and m.period_year + 1
),
guesses as (
    select observation_row, min(pair_window) filter (where years_on <> 0) as pair_window
    from told
    group by observation_row
    having count(distinct pair_window) filter (where years_on <> 0) = 1
        and count(*) filter (where years_on = 0) = 0
)
select
    g.organisation_id,
    g.organisation,
    g.region,
    g.region_code,
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
    coalesce(
        f.pair_window,
        case
            when c.cell_period = o.period_year::varchar then 'year'
            when c.cell_period like 'masked:%' then c.cell_period
            when o.period_type = 'multi_year' then 'over ' || c.cell_period
            when starts_with(c.cell_period, o.period_year || '-') then substr(c.cell_period, 6)
            else c.cell_period
        end
    ) as pair_window,
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
from steps.choices as c
join core.observations as o on o.rowid = c.observation_row
join core.documents as d on d.document_id = o.document_id
join organisations as g on g.organisation_id = d.organisation_id
left join core.indicators as i on i.indicator_id = o.indicator_id
left join guesses as f on f.observation_row = c.observation_row
where c.is_preferred
