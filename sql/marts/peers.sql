-- One row per organisation × indicator × kind (not ranking) × change_basis × period × level: its figure among the organisations of the same level.
-- The first place is the best where the catalogue says which way is better, else the highest. Organisations that give no number have no place.
select
    s.organisation_id,
    s.organisation,
    s.region,
    s.region_code,
    s.level,
    s.indicator_id,
    s.indicator,
    s.kind,
    s.change_basis,
    s.period_code,
    s.period_year as year,
    s.unit,
    s.value,
    p.rank_among,
    p.n,
    p.median::decimal(38, 6) as median,
    p.share_redacted::decimal(38, 6) as share_redacted,
    s.obs_status,
    s.scenario,
    s.mention_id,
    s.subject_no,
from steps.cells as s
join steps.peer_places as p on p.observation_row = s.observation_row
