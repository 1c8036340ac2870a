-- grain: one row per growth of a headline figure that its own report gives differently in another sentence
-- tested: core.observations where value is not null and approximation = 'exact' and period_code is not null and scenario = 'actual' and kind = 'percentage' and change_basis = 'yoy'
-- canary: update core.mentions set char_start = char_start + 900, char_end = char_end + 900 where mention_id = 'm3'; insert into core.observations by name select 'm3' as mention_id, 2 as subject_no, * exclude (mention_id, subject_no) replace (777 as value, 777 as value_low, 777 as value_high) from core.observations where mention_id = 'm2'
with said as (
    select o.mention_id, o.subject_no, o.document_id, o.indicator_id, o.indicator_name, o.unit, o.period_code, o.value, m.char_start,
        o.written_value || coalesce(o.written_unit, '') as said,
    from core.observations as o
    join core.mentions as m on m.mention_id = o.mention_id
    join core.indicators as i on i.indicator_id = o.indicator_id and i.origin = 'catalogue'
    where o.value is not null and o.approximation = 'exact' and o.period_type = 'year' and o.scenario = 'actual' and o.kind = 'percentage'
        and o.part_of_mention_id is null and o.change_basis = 'yoy'
)

select a.mention_id || '#' || a.subject_no as row_key, a.said as value,
    a.indicator_name || ' of ' || a.period_code || ' changed by ' || a.said || ' here and by ' || b.said
        || ' elsewhere in the same report: one is wrong, or is of another span of years' as detail,
    a.indicator_name || '（' || a.period_code || '）此处变动为' || a.said || '，同一报告他处为' || b.said || '：必有一误，或所指年份不同' as detail_zh,
from said as a
join said as b
    on b.document_id = a.document_id and b.indicator_id = a.indicator_id and b.indicator_name = a.indicator_name
    and b.unit is not distinct from a.unit and b.period_code = a.period_code and abs(b.value - a.value) > 0.051 and abs(b.char_start - a.char_start) > 200
qualify row_number() over (partition by a.mention_id, a.subject_no order by b.mention_id) = 1
