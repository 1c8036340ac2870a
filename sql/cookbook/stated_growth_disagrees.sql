-- Where do stated and computed growth disagree, and why? (表述增速与推算不符)
select
    s.organisation,
    s.year,
    s.indicator,
    s.stated,
    s.computed,
    s.tolerance,
    s.reason,
    f.sentence,
    f.source_path,
from stated_vs_computed as s
join facts as f on f.mention_id = s.mention_id and f.subject_no = 1
where s.check_type = 'growth' and not s.agrees
order by abs(s.stated - s.computed) desc, s.organisation, s.year, s.mention_id
