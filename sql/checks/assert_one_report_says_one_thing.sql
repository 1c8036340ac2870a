-- grain: one row per figure that its own report gives differently elsewhere
-- tested: core.observations where value is not null and approximation = 'exact' and period_code is not null and scenario = 'actual'
-- canary: insert into core.observations by name select 'm92' as mention_id, * exclude (mention_id) replace (777 as value, 777 as value_low, 777 as value_high) from core.observations where mention_id = 'm2'
with said as (
    select o.mention_id, o.subject_no, o.document_id, o.indicator_id, o.indicator_name, o.kind, o.change_basis, o.unit, o.period_code,
        o.base_period_code, o.value, o.written_value || coalesce(o.written_unit, '') as said,
    from core.observations as o
    join core.indicators as i on i.indicator_id = o.indicator_id
    where o.value is not null and o.approximation = 'exact' and o.period_code is not null and o.scenario = 'actual' and o.kind = 'percentage'
        and o.part_of_mention_id is null and (i.origin = 'catalogue' and o.change_basis = 'yoy')
)

select a.mention_id || '#' || a.subject_no as row_key, a.said as value,
    a.indicator_name || ' of ' || a.period_code || ' is ' || a.said || ' here and ' || b.said || ' elsewhere in the same report' as detail,
    a.indicator_name || '（' || a.period_code || '）此处为' || a.said || '，同一报告他处为' || b.said as detail_zh,
from said as a
join said as b
    on b.document_id = a.document_id and b.indicator_id = a.indicator_id and b.indicator_name = a.indicator_name
    and b.unit is not distinct from a.unit and b.period_code = a.period_code and b.value <> a.value and abs(b.value - a.value) > 0.051
qualify row_number() over (partition by a.mention_id, a.subject_no order by b.mention_id) = 1
