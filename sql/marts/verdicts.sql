-- One row per result of which its clause itself says how a plan for it ended: 超额完成, 提前完成, 未完成 (文中判断).
-- table
-- joins as written: the texts stream past the figures
with told as (
    select d.document_id, d.source_id,
    from core.source_texts as x
    join core.documents as d on d.source_id = x.source_id
    where regexp_matches(x.text, '超额完成|提前完成|超过预期|超出预期|未能?完成|未达到?预期|没有完成|低于预期|圆满完成|全面完成')
),
results as (
    select c.mention_id, c.char_start, c.char_end, t.source_id,
    from steps.chosen as c
    join told as t on t.document_id = c.document_id
    where c.scenario_group = 'result' and c.kind <> 'ranking'
),
clauses as (
    select
        r.mention_id,
        regexp_extract(
            regexp_extract(substr(x.text, (greatest(r.char_start - 60, 0) + 1)::bigint, least(r.char_start, 60)::bigint), '[^。；;\n]*$')
            || regexp_extract(substr(x.text, (r.char_end + 1)::bigint, 60), '^[^。；;\n]*'),
            '超额完成|提前完成|超过预期|超出预期|未能?完成|未达到?预期|没有完成|低于预期|圆满完成|全面完成'
        ) as stated_verdict,
    from core.source_texts as x
    join results as r on r.source_id = x.source_id
)
select mention_id, any_value(stated_verdict) as stated_verdict,
from clauses
where stated_verdict <> ''
group by mention_id
