-- Which sentence does a figure come from? (数据出处)
select
    indicator,
    surface,
    value,
    unit,
    period_code,
    sentence,
    section_path,
    source_path,
    char_start,
    char_end,
from facts
where organisation = '枫屿县人民政府' and report_year = 2024 and indicator = '社会消费品零售总额'
order by source_path, char_start, subject_no
