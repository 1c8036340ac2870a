-- Do the parts add up to their total? (分项与合计)
select
    organisation,
    year,
    indicator,
    stated,
    computed,
    unit,
    agrees,
    reason,
    len(other_mention_ids) as n_parts,
from stated_vs_computed
where check_type = 'parts'
order by agrees, organisation, year, indicator, mention_id
