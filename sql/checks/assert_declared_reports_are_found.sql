-- grain: one row per file that declares another number of reports than were found
-- tested: declared_reports
-- canary: insert into declared_reports values ('s1', 3, 2)
select r.source_id as row_key, r.found::varchar as value,
    s.path || ' says it holds ' || r.declared || ' reports, but ' || r.found || ' were found: check that each begins with its title on a line of its own' as detail,
    s.path || ' 写明共 ' || r.declared || ' 篇，只找到 ' || r.found || ' 篇：请检查每篇报告的标题是否单独成行' as detail_zh,
from declared_reports as r
left join core.sources as s on s.source_id = r.source_id
where r.declared <> r.found
