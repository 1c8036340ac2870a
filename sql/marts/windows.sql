-- One row per masked window (x-x月) that stands for the one window of its type that the year before or after has: not where its own year has that window too.
-- table
with told as (
    select m.observation_row, n.period_year - m.period_year as years_on, n.period_window as pair_window,
    from steps.chosen as m
    join steps.chosen as n
        on n.organisation_id = m.organisation_id and n.indicator_id = m.indicator_id and n.kind = m.kind
        and n.change_basis is not distinct from m.change_basis and n.period_type = m.period_type and n.scenario_group = m.scenario_group
    where m.period_code is null and n.period_code is not null and n.period_year between m.period_year - 1 and m.period_year + 1
)
select observation_row, min(pair_window) filter (where years_on <> 0) as pair_window
from told
group by observation_row
having count(distinct pair_window) filter (where years_on <> 0) = 1
    and count(*) filter (where years_on = 0) = 0
