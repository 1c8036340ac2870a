-- One row per observation, with its document, organisation, outline path, sentence and source: the table to browse.
select
    o.mention_id,
    o.subject_no,
    d.organisation_id,
    d.organisation,
    d.region,
    d.region_code,
    d.level,
    d.sector,
    d.report_type,
    d.report_year,
    d.plan_year,
    o.indicator_id,
    i.name_zh as indicator,
    i.name_en as indicator_en,
    i.origin as indicator_origin,
    o.indicator_name,
    o.kind,
    o.value,
    o.value_low,
    o.value_high,
    o.unit,
    o.written_value,
    o.written_unit,
    o.surface,
    o.is_redacted,
    o.mask,
    o.mask_digits,
    o.obs_status,
    o.approximation,
    o.change_basis,
    o.base_period_code,
    o.change_direction,
    o.scenario,
    o.target_force,
    o.period_type,
    o.period_code,
    o.period_year,
    o.period_start,
    o.period_end,
    o.period_written,
    o.rank_scope,
    coalesce(
        c.is_preferred,
        d.organisation_id is not null and o.period_year is not null and o.indicator_id <> 'unnamed' and o.indicator_id not like 'g-%'
    ) as is_preferred,
    case
        when c.choice_reason is not null then c.choice_reason
        when o.indicator_id = 'unnamed' or o.indicator_id like 'g-%' then 'name too general to join on'
        when d.organisation_id is null then 'organisation not known'
        when o.period_year is null then 'year not known'
        else 'only mention'
    end as choice_reason,
    o.base_mention_id,
    o.part_of_mention_id,
    -- the sentence, up to 。！？ or a line break, at most 600 characters on either side; the slice is cut once
    ltrim(
        regexp_extract(
            substr(substr(x.text, (greatest(o.char_start - 600, 0) + 1)::bigint, (least(o.char_start, 600) + o.char_end - o.char_start + 600)::bigint), 1, least(o.char_start, 600)::bigint),
            '[^。！？\n]*$'
        )
        || o.surface
        || regexp_extract(
            substr(substr(x.text, (greatest(o.char_start - 600, 0) + 1)::bigint, (least(o.char_start, 600) + o.char_end - o.char_start + 600)::bigint), (least(o.char_start, 600) + o.char_end - o.char_start + 1)::bigint),
            '^[^。！？\n]*[。！？]?'
        ),
        E' \t　'
    ) as sentence,
    s.path as section_path,
    s.heading as section_heading,
    s.section_type,
    f.path as source_path,
    o.char_start,
    o.char_end,
    o.rule_name,
    o.rule_context,
    o.document_id,
    o.section_id,
    d.source_id,
from core.observations as o
join core.documents as d on d.document_id = o.document_id
join core.sources as f on f.source_id = d.source_id
left join core.sections as s on s.section_id = o.section_id
left join core.indicators as i on i.indicator_id = o.indicator_id
left join steps.choices as c on c.observation_row = o.rowid
left join core.source_texts as t on t.source_id = d.source_id
left join steps.texts as x on x.text_row = t.rowid
