-- grain: one row per mention and subject; the organisation and the region are those of the report
select
    o.mention_id, o.subject_no, o.document_id, o.section_id, d.organisation_id, d.region, o.report_year, o.indicator_id, o.indicator_name,
    o.kind, o.value, o.value_low, o.value_high, o.unit, o.written_value, o.written_unit, o.is_redacted, o.mask, o.mask_digits,
    o.obs_status, o.approximation, o.change_basis, o.base_period_code, o.change_direction, o.scenario, o.target_force, o.period_type,
    o.period_code, o.period_year, o.period_start, o.period_end, o.period_written, o.rank_scope, o.base_mention_id, o.part_of_mention_id,
    o.rule_name, o.rule_context, o.char_start, o.char_end, o.surface, o.written_step,
from read_parquet(getvariable('observations')) as o
join core.documents as d on d.document_id = o.document_id
