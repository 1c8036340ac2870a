-- One row per observation of a known organisation, indicator and year, by its row number: the cell of `series` it belongs to.
select
    o.rowid as observation_row,
    case when o.scenario = 'planned' then 'plan' else 'result' end as scenario_group,
    case
        when o.period_code is null then 'masked:' || o.period_type
        when i.flow_or_stock = 'stock' and o.period_code = o.period_year || '-12-31' then o.period_year::varchar
        else o.period_code
    end as cell_period,
    coalesce(d.report_year, d.plan_year) as report_year,
    d.delivered_on,
    i.name_zh as indicator,
    o.* exclude (report_year),
from core.observations as o
join core.documents as d on d.document_id = o.document_id
left join core.indicators as i on i.indicator_id = o.indicator_id
where
    o.organisation_id is not null and o.period_year is not null
    -- no name, or one too general to join on
    and o.indicator_id <> 'unnamed' and o.indicator_id not like 'g-%'
