-- One row per row of `yoy`, by row numbers of observations: a figure (base_row) and the one of the year before (prev_row), with the growth stated of it.
-- table
-- A figure that the next report leaves out is a row of the next year, with is_mentioned false and the old figure as base_row and prev_row.
with results as not materialized (
    select
        observation_row, organisation_id, indicator_id, kind, change_basis, pair_window, period_year as year, unit, value, written_step,
        approximation, change_direction, mention_id,
        hash(organisation_id, indicator_id, kind, change_basis, pair_window) as cell,
    from steps.cells
    where scenario_group = 'result' and kind <> 'ranking' and period_window not like 'over %'
),
report_years as (
    select distinct hash(organisation_id, report_year) as report
    from core.documents
    where organisation_id is not null and report_year is not null
),
growths as (
    select cell, year, value, case when value is not null then written_step end as written_step, approximation, change_direction, mention_id,
    from results
    where change_basis = 'yoy' and kind = 'percentage' and unit = '%'
),
other_changes as (
    select hash(organisation_id, indicator_id, pair_window) as cell, year, max(change_direction) as direction
    from results
    where change_basis = 'yoy' and (kind <> 'percentage' or unit <> '%')
    group by all
),
paired as (
    select
        c.observation_row as base_row,
        true as is_mentioned,
        p.observation_row as prev_row,
        c.year,
        c.organisation_id,
        case when c.change_basis is null then hash(c.organisation_id, c.indicator_id, 'percentage', 'yoy', c.pair_window) end as growth_cell,
        case when c.change_basis is null then hash(c.organisation_id, c.indicator_id, c.pair_window) end as change_cell,
    from results as c
    left join results as p on p.cell = c.cell and p.year = c.year - 1
    union all
    select p.observation_row, false, p.observation_row, p.year + 1, p.organisation_id, null, null
    from results as p
    anti join results as c on c.cell = p.cell and c.year = p.year + 1
)
select
    p.base_row,
    p.is_mentioned,
    p.prev_row,
    p.year,
    y.report is not null as has_previous_report,
    g.value as growth,
    g.written_step as growth_step,
    g.approximation as growth_approximation,
    g.mention_id as growth_mention_id,
    -- else that of a change stated in other units than per cent (增加3亿元)
    coalesce(g.change_direction, o.direction) as growth_direction,
from paired as p
semi join report_years as r on r.report = hash(p.organisation_id, p.year)
left join report_years as y on y.report = hash(p.organisation_id, p.year - 1)
left join growths as g on g.cell = p.growth_cell and g.year = p.year
left join other_changes as o on o.cell = p.change_cell and o.year = p.year
