-- One row per observation that `series` holds (see choices), with its period window: the same in every year.
select
    c.*,
    s.observation_row is null as is_only,
    s.n_mentions,
    s.choice_reason,
    s.last_stated_year,
    s.is_contradicted,
    -- year, S1, Q2, 09, 01-01/P9M, 12-31, TD, EV
    case
        when c.cell_period = c.period_year::varchar then 'year'
        when c.period_code is null then c.cell_period
        when c.period_type = 'multi_year' then 'over ' || c.cell_period
        when starts_with(c.cell_period, c.period_year || '-') then substr(c.cell_period, 6)
        else c.cell_period
    end as period_window,
from steps.candidates as c
left join steps.choices as s on s.observation_row = c.observation_row
where coalesce(s.is_preferred, true)
