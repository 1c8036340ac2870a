-- One row per organisation × indicator × what is ranked × period window × year with a rank (位次) for the year or the year before, for years with a report.
with ranks as (
    select
        organisation_id, organisation, region, level, indicator_id, indicator, change_basis, period_code, period_window,
        period_year as year, value, unit, rank_scope, obs_status, approximation, value_low, value_high, mention_id, subject_no,
    from main.series
    where scenario_group = 'result' and kind = 'ranking'
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
        coalesce(c.change_basis, p.change_basis) as change_basis,
        coalesce(c.period_window, p.period_window) as period_window,
        coalesce(c.year, p.year + 1) as year,
        case
            when c.mention_id is not null then c.period_code
            when p.period_window = 'year' then (p.year + 1)::varchar
            when p.period_code is not null then (p.year + 1) || '-' || p.period_window
        end as period_code,
        c.value as rank,
        p.value as prev_rank,
        coalesce(c.unit, p.unit) as unit,
        coalesce(c.rank_scope, p.rank_scope) as rank_scope,
        p.rank_scope as prev_rank_scope,
        c.obs_status as status,
        p.obs_status as prev_status,
        c.approximation,
        p.approximation as prev_approximation,
        c.rank_scope as own_scope,
        c.mention_id,
        p.mention_id as prev_mention_id,
    from ranks as c
    full outer join ranks as p
        on p.organisation_id = c.organisation_id and p.indicator_id = c.indicator_id
        and coalesce(p.change_basis, '') = coalesce(c.change_basis, '') and p.period_window = c.period_window and p.year = c.year - 1
),
reasoned as (
    select
        p.*,
        case
            when p.prev_mention_id is null and y.year is null then 'no_previous_report'
            when p.mention_id is null then 'not_mentioned'
            when p.prev_mention_id is null then 'not_mentioned_previous'
            when p.status = 'Q' then 'redacted'
            when p.prev_status = 'Q' then 'redacted_previous'
            when p.period_window like 'masked:%' then 'period_redacted'
            when p.own_scope is distinct from p.prev_rank_scope then 'scope_differs'
            when p.rank is null or p.prev_rank is null or 'exact' <> p.approximation or 'exact' <> p.prev_approximation then 'bound_only'
            else 'ok'
        end as reason,
    from pairs as p
    join report_years as r on r.organisation_id = p.organisation_id and r.year = p.year
    left join report_years as y on y.organisation_id = p.organisation_id and y.year = p.year - 1
)
select
    organisation_id,
    organisation,
    region,
    level,
    indicator_id,
    indicator,
    change_basis,
    period_code,
    period_window,
    year,
    rank,
    prev_rank,
    unit,
    rank_scope,
    prev_rank_scope,
    case when reason = 'ok' then (prev_rank - rank)::decimal(38, 6) end as move,
    coalesce(change_basis = 'yoy', false) as of_change,
    coalesce(status, 'O') as status,
    coalesce(prev_status, 'O') as prev_status,
    reason = 'ok' as comparable,
    reason,
    mention_id,
    prev_mention_id,
from reasoned
