-- One row per result of which its clause itself says how a plan for it ended: 超额完成, 提前完成, 未完成 (文中判断).
-- table
-- A substr of a long text walks all that stands before: so each text is cut once, into the clauses with 完成 or 预期, in which every such word
-- ends, and what stands between them. A result stands in the last clause that begins before it, unless that one ends before it too.
with cut as (
    select
        rowid as text_row,
        string_split(regexp_replace(replace(text, chr(1), ' '), '[^。；;\n]*(?:完成|预期)[^。；;\n]*', chr(1) || '\0' || chr(1), 'g'), chr(1)) as pieces,
    from core.source_texts
),
pieces as (
    select text_row, unnest(pieces) as piece, generate_subscripts(pieces, 1) as piece_no,
    from cut
),
measured as (
    select text_row, piece_no, length(piece) as span, case when piece_no % 2 = 0 then piece end as clause,
    from pieces
),
clauses as (
    select text_row, clause, (sum(span) over (partition by text_row order by piece_no) - span)::bigint as clause_start,
    from measured
    qualify clause is not null
),
results as (
    select c.mention_id, c.char_start, c.char_end, t.rowid as text_row,
    from steps.chosen as c
    join core.documents as d on d.document_id = c.document_id
    join core.source_texts as t on t.source_id = d.source_id
    where c.scenario_group = 'result' and c.kind <> 'ranking'
),
told as (
    select
        r.mention_id,
        regexp_extract(
            right(left(c.clause, r.char_start - c.clause_start), 60) || substr(c.clause, r.char_end - c.clause_start + 1, 60),
            '超额完成|提前完成|超过预期|超出预期|未能?完成|未达到?预期|没有完成|低于预期|圆满完成|全面完成'
        ) as stated_verdict,
    from results as r
    asof join clauses as c on c.text_row = r.text_row and c.clause_start <= r.char_start
    where r.char_start < c.clause_start + length(c.clause)
)
select mention_id, any_value(stated_verdict) as stated_verdict,
from told
where stated_verdict <> ''
group by mention_id
