-- grain: one row per observation whose organisation, region or year is not that of its report
-- tested: core.observations
-- canary: update core.observations set report_year = 1999 where mention_id = 'm1'
select o.mention_id || '#' || o.subject_no as row_key, o.report_year::varchar as value,
    'its organisation, region or year differs from its report' as detail,
    '其单位、地区或年度与报告不一致' as detail_zh,
from core.observations as o
join core.documents as d on d.document_id = o.document_id
where o.organisation_id is distinct from d.organisation_id or o.region is distinct from d.region or o.report_year is distinct from d.report_year
