-- grain: one row per unredacted figure without period code
-- tested: core.observations where not is_redacted
-- canary: update core.observations set period_code = null where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, o.period_written as value,
    'the period of this figure could not be told' as detail,
    '未能判断该数字的时期' as detail_zh,
from core.observations as o
join core.documents as d on d.document_id = o.document_id
where not o.is_redacted and o.period_code is null and d.report_year is not null and o.period_written is null
