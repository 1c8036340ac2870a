-- grain: one row per cumulative figure of a year that is smaller than one of a shorter span
-- tested: core.observations where change_basis is null and kind in ('count', 'amount') and period_code is not null and value is not null and scenario = 'actual'
-- canary: insert into core.observations by name select 'm91' as mention_id, 1 as subject_no, * exclude (mention_id, subject_no) replace ('2023-S1' as period_code, 'half' as period_type, date '2023-06-30' as period_end, 999000000000 as value) from core.observations where mention_id = 'm1'
with cumulative as (
    select o.mention_id, o.subject_no, o.document_id, o.indicator_id, o.indicator_name, o.unit, o.value, o.period_start, o.period_end,
        o.written_value || coalesce(o.written_unit, '') as said, coalesce(o.period_written, o.period_code) as period,
    from core.observations as o
    left join core.indicators as i on i.indicator_id = o.indicator_id
    where o.change_basis is null and o.kind in ('count', 'amount') and o.value >= 0 and o.scenario = 'actual'
        and o.period_type in ('year', 'half', 'quarter', 'months') and o.part_of_mention_id is null
        and month(o.period_start) = 1 and day(o.period_start) = 1 and year(o.period_start) = year(o.period_end)
        and coalesce(i.flow_or_stock, 'flow') = 'flow'
)

select a.mention_id || '#' || a.subject_no as row_key, a.said as value,
    a.indicator_name || ' is ' || a.said || ' for ' || a.period || ' but already ' || b.said || ' for the shorter ' || b.period
        || ': a cumulative figure cannot fall' as detail,
    a.indicator_name || '：' || a.period || '为' || a.said || '，而更短的' || b.period || '已达' || b.said || '，累计数不应减少' as detail_zh,
from cumulative as a
join cumulative as b
    on b.document_id = a.document_id and b.indicator_id = a.indicator_id and b.indicator_name = a.indicator_name and b.unit is not distinct from a.unit
    and b.period_start = a.period_start and b.period_end < a.period_end and b.value > a.value * 1.001
qualify row_number() over (partition by a.mention_id, a.subject_no order by b.value desc) = 1
