-- One row per figure that a report states and that its other figures let one compute: growth, a total and its parts, a rate, a part of the year.
-- It agrees if any true values behind the written digits agree. `tolerance` is half a unit of the last written digits, on both sides.
with limits as (
    select 8.0 as price_rise, 3.0 as price_fall
),
growth as (
    select
        s.organisation_id, s.organisation, s.region, s.level, s.indicator_id, s.indicator, s.kind, s.period_code, s.period_year as year,
        'growth' as check_type,
        '%' as unit,
        y.growth::decimal(38, 6) as stated,
        y.computed::decimal(38, 6) as computed,
        y.tolerance::decimal(38, 6) as tolerance,
        y.gap <= 1e-6 as agrees,
        case
            when y.gap <= 1e-6 and abs(y.computed - y.growth) < 1e-6 then 'exact'
            when y.gap <= 1e-6 then 'rounding'
            when q.cue in ('同口径', '可比口径', '剔除', '扣除') then 'comparable_basis'
            when not y.is_base_repeated and q.cue in ('修订', '普查', '基数') then 'base_restated'
            when y.gap <= (case when y.computed > y.growth then l.price_rise else l.price_fall end)
                and (
                    i.price_basis = 'constant' or (i.origin = 'derived' and i.name_zh like '%增加值%') or q.cue in ('可比价', '不变价', '实际增长')
                ) then 'constant_prices'
            when y.is_base_repeated then 'contradiction'
            else 'base_restated'
        end as reason,
        y.growth_mention_id as mention_id,
        [s.mention_id, y.prev_mention_id] as other_mention_ids,
    from steps.cells as s
    join steps.growth_checks as y on y.observation_row = s.observation_row
    left join steps.cues as q on q.observation_row = y.observation_row
    left join core.indicators as i on i.indicator_id = s.indicator_id
    cross join limits as l
)
select organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year, check_type, unit, stated, computed, tolerance, agrees, reason, mention_id, other_mention_ids
from growth
union all
select organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year, check_type, unit, stated, computed, tolerance, agrees, reason, mention_id, other_mention_ids
from steps.other_checks
