-- One row per organisation × year reviewed: how much of its reports was read, redacted, compared and recognised.
with reports as (
    select
        organisation_id,
        any_value(organisation) as organisation,
        any_value(level) as level,
        report_year as year,
        count(*) as reports,
    from core.documents
    where report_year is not null
    group by organisation_id, report_year
),
numerals as (
    select
        d.organisation_id,
        d.report_year as year,
        count(*) filter (where m.disposition <> 'word') as numerals,
        count(*) filter (where m.disposition = 'indicator') as indicators,
    from core.mentions as m
    join core.documents as d on d.document_id = m.document_id
    group by d.organisation_id, d.report_year
),
observed as (
    select
        d.organisation_id,
        d.report_year as year,
        count(*) as observations,
        count(distinct o.mention_id) filter (where o.is_redacted) as redacted,
        count(*) filter (where i.origin = 'derived') as unmapped,
        count(distinct o.indicator_id) as distinct_indicators,
    from core.observations as o
    join core.documents as d on d.document_id = o.document_id
    left join core.indicators as i on i.indicator_id = o.indicator_id
    group by d.organisation_id, d.report_year
),
compared as (
    select
        organisation_id,
        year,
        count(*) filter (where comparable) as comparable_pairs,
        count(*) filter (where mention_id is not null and prev_mention_id is not null) as pairs,
    from main.yoy
    group by organisation_id, year
)
select
    r.organisation_id,
    r.organisation,
    r.level,
    r.year,
    r.reports,
    coalesce(n.numerals, 0) as numerals,
    coalesce(n.indicators, 0) as indicators,
    coalesce(o.observations, 0) as observations,
    coalesce(o.redacted, 0) as redacted,
    coalesce(o.distinct_indicators, 0) as distinct_indicators,
    coalesce(c.pairs, 0) as pairs,
    coalesce(c.comparable_pairs, 0) as comparable_pairs,
    coalesce(o.unmapped, 0) as unmapped,
from reports as r
left join numerals as n on n.organisation_id is not distinct from r.organisation_id and n.year = r.year
left join observed as o on o.organisation_id is not distinct from r.organisation_id and o.year = r.year
left join compared as c on c.organisation_id = r.organisation_id and c.year = r.year
