-- grain: one row per report of a loaded source; organisations are already resolved over all of them
select
    document_id, source_id, char_start, char_end, title, organisation, organisation_id, organisation_type, level, region, region_code,
    sector, report_type, report_year, plan_year, delivered_on, same_report_as, evidence, organisation_evidence,
from frame_documents
order by document_id
