-- grain: one row per observation without an indicator mention of the same report and section
-- tested: core.observations
-- canary: update core.mentions set disposition = 'reference' where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, m.disposition as value,
    'no indicator mention of this report and section carries it' as detail,
    '没有同一报告、同一章节的指标类数字与之对应' as detail_zh,
from core.observations as o
left join core.mentions as m on m.mention_id = o.mention_id
where m.mention_id is null or m.disposition <> 'indicator' or m.document_id <> o.document_id or m.section_id <> o.section_id
