-- Why can pairs not be compared? (不可比的原因)
select
    reason,
    count(*) as pairs,
    count(distinct organisation_id) as organisations,
    min(indicator) as example,
from yoy
where mention_id is not null
group by reason
order by pairs desc, reason
