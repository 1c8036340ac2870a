-- A small sound world in which no SQL check finds a bad row; each check must find the fault its own `-- canary:` line plants in it.
insert into core.settings values (0.5, 0.05);
insert into core.sources by name
select * from (values
    ('s1', '青城局/2023.txt', 'loaded', null),
    ('s2', '青城局/2024.txt', 'loaded', null),
    ('s3', '转载/2024（数据隐去）.txt', 'loaded', null),
    ('s4', '转载/2024.txt', 'duplicate', 's2')
) as v (source_id, path, status, duplicate_of);
update core.sources set batch = split_part(path, '/', 1), bytes = 100, format = 'text', sha256 = source_id;
insert into core.source_texts by name
select * from (values
    ('s1', '青城局2023年工作总结。一、投资：全年完成投资100亿元，同比增长5%，居全市第3位。其中工业投资40亿元。计划2024年完成投资110亿元。'),
    ('s2', '青城局2024年工作总结。一、投资：全年完成投资110亿元，同比增长10%，居全市第2位。'),
    ('s3', '青城局2024年工作总结。一、投资：全年完成投资xx亿元，同比增长xx.x%，居全市第x位。')
) as v (source_id, text);
insert into core.documents by name
select 'd' || right(t.source_id, 1) as document_id, t.source_id, 0 as char_start, length(t.text) as char_end, split_part(t.text, '。', 1) as title,
    '青城局' as organisation, 'o1' as organisation_id, 'bureau' as organisation_type, 'county' as level, '青城' as region, 'general' as sector,
    'work_summary' as report_type, if(t.source_id = 's1', 2023, 2024) as report_year, if(t.source_id = 's1', 2024, null) as plan_year,
    if(t.source_id = 's1', date '2024-01-10', null) as delivered_on, if(t.source_id = 's3', 'd2', null) as same_report_as,
from core.source_texts as t;
insert into core.sections by name
select d.document_id || '-1' as section_id, d.document_id, null as parent_id, 1 as level, '一、' as marker, 'achievements' as section_type, d.char_start, d.char_end,
from core.documents as d
union all by name
select d.document_id || '-2' as section_id, d.document_id, d.document_id || '-1' as parent_id, 2 as level, null as marker, 'achievements' as section_type, d.char_start, d.char_end,
from core.documents as d;
insert into core.mentions by name
select v.mention_id, v.document_id, v.document_id || '-2' as section_id, strpos(t.text, v.surface) - 1 as char_start,
    strpos(t.text, v.surface) - 1 + length(v.surface) as char_end, v.surface, 'indicator' as disposition, 'canary' as rule,
from (values
    ('m1', 'd1', '100亿元'), ('m2', 'd1', '5%'), ('m3', 'd1', '第3位'), ('m6', 'd1', '40亿元'), ('m8', 'd1', '110亿元'),
    ('m4', 'd2', '110亿元'), ('m5', 'd2', '10%'), ('m9', 'd2', '第2位'), ('m7', 'd3', 'xx.x%')
) as v (mention_id, document_id, surface)
join core.documents as d on d.document_id = v.document_id
join core.source_texts as t on t.source_id = d.source_id;
insert into core.observations by name
select v.*, 1 as subject_no, m.section_id, d.organisation_id, d.region, d.report_year, v.value as value_low, v.value as value_high, v.mask is not null as is_redacted, 'exact' as approximation,
    case when v.mask is not null then 'Q' when v.scenario = 'planned' then 'F' else 'A' end as obs_status, if(v.scenario = 'planned', 'plain', null) as target_force,
    if(v.mask is null, v.period_year::varchar, null) as period_code, 'year' as period_type, make_date(v.period_year, 1, 1) as period_start, make_date(v.period_year, 12, 31) as period_end,
    if(v.kind = 'ranking', '全市', null) as rank_scope, if(v.change_basis is null, null, 'up') as change_direction, m.surface as written_value, null as written_unit, m.char_start, m.char_end, m.surface,
from (values
    ('m1', 'd1', 'i1', '投资', 'amount', 10000000000, '元', null, 'actual', 2023, null, null, null),
    ('m2', 'd1', 'i1', '投资', 'percentage', 5, '%', null, 'actual', 2023, 'yoy', 'm1', null),
    ('m3', 'd1', 'i1', '投资', 'ranking', 3, '位', null, 'actual', 2023, null, 'm1', null),
    ('m6', 'd1', 'i2', '工业投资', 'amount', 4000000000, '元', null, 'actual', 2023, null, null, 'm1'),
    ('m8', 'd1', 'i1', '投资', 'amount', 11000000000, '元', null, 'planned', 2024, null, null, null),
    ('m4', 'd2', 'i1', '投资', 'amount', 11000000000, '元', null, 'actual', 2024, null, null, null),
    ('m5', 'd2', 'i1', '投资', 'percentage', 10, '%', null, 'actual', 2024, 'yoy', 'm4', null),
    ('m9', 'd2', 'i1', '投资', 'ranking', 2, '位', null, 'actual', 2024, null, 'm4', null),
    ('m7', 'd3', 'i1', '投资', 'percentage', null, '%', 'xx.x', 'actual', 2024, 'yoy', null, null)
) as v (mention_id, document_id, indicator_id, indicator_name, kind, value, unit, mask, scenario, period_year, change_basis, base_mention_id, part_of_mention_id)
join core.mentions as m on m.mention_id = v.mention_id
join core.documents as d on d.document_id = v.document_id;
insert into core.indicators by name
select * from (values ('i1', '投资', 'amount', '元', 0, 'catalogue', 'flow'), ('i2', '工业投资', 'amount', '元', null, 'derived', 'flow'))
    as v (indicator_id, name_zh, kind, unit, lower_bound, origin, flow_or_stock);
insert into core.units by name
select * from (values ('元', 'amount', 'money', 1), ('%', 'percentage', 'share', 1), ('位', 'count', 'rank', 1)) as v (unit, kind, dimension, factor);
insert into declared_reports values ('s1', 1, 1);
insert into main.facts by name
select o.mention_id, o.subject_no
from core.observations as o;
insert into main.redactions by name
select o.mention_id, o.subject_no
from core.observations as o
where o.is_redacted;
