-- One row per organisation: it goes by the name in its latest report.
-- table
select
    organisation_id,
    arg_max(organisation, report_year) as organisation,
    arg_max(region, report_year) as region,
    arg_max(level, report_year) as level,
    any_value(region_code) as region_code,
from core.documents
where organisation_id is not null
group by organisation_id
