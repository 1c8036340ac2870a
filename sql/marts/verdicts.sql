-- One row per result of a planned figure of which its clause itself says how it ended: 超额完成, 提前完成, 未完成 (文中判断).
-- table
with told as (
    select d.document_id, x.text
    from core.documents as d
    join core.source_texts as x on x.source_id = d.source_id
    where regexp_matches(x.text, '超额完成|提前完成|超过预期|超出预期|未能?完成|未达到?预期|没有完成|低于预期|圆满完成|全面完成')
),
results as (
    select r.mention_id, r.document_id
    from main.series as r
    semi join told as t on t.document_id = r.document_id
    where r.scenario_group = 'result' and r.kind <> 'ranking'
),
clauses as (
    select
        r.mention_id,
        regexp_extract(
            regexp_extract(substr(t.text, (greatest(m.char_start - 60, 0) + 1)::bigint, least(m.char_start, 60)::bigint), '[^。；;\n]*$')
            || regexp_extract(substr(t.text, (m.char_end + 1)::bigint, 60), '^[^。；;\n]*'),
            '超额完成|提前完成|超过预期|超出预期|未能?完成|未达到?预期|没有完成|低于预期|圆满完成|全面完成'
        ) as stated_verdict,
    from results as r
    join told as t on t.document_id = r.document_id
    join core.mentions as m on m.mention_id = r.mention_id
)
select mention_id, any_value(stated_verdict) as stated_verdict,
from clauses
where stated_verdict <> ''
group by mention_id
