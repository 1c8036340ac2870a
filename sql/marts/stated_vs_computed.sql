-- One row per figure that a report states and that its other figures let one compute: growth, a total and its parts, a rate, a part of the year.
-- table
-- It agrees if any true values behind the written digits agree. `tolerance` is half a unit of the last written digits, on both sides.
with limits as (
    select 8.0 as price_rise, 3.0 as price_fall
),
levels as not materialized (
    select
        rowid as series_row, organisation_id, indicator_id, kind, pair_window, period_year, unit, value::double as value, coalesce(written_step, 0) / 2 as half,
        last_stated_year, report_year, mention_id, hash(organisation_id, indicator_id, kind, pair_window) as cell,
    from main.series
    where
        scenario_group = 'result' and change_basis is null and kind in ('amount', 'count') and value > 0 and approximation = 'exact'
        and not is_contradicted and period_window not like 'masked:%' and period_window not like 'over %'
),
stated as (
    select
        hash(organisation_id, indicator_id, pair_window) as cell, organisation_id, period_year, value::double as growth, coalesce(written_step, 0) / 2 as half,
        mention_id,
    from main.series
    where
        scenario_group = 'result' and change_basis = 'yoy' and kind = 'percentage' and unit = '%' and value is not null and approximation = 'exact'
        and not is_contradicted
),
scales as (
    select unit, any_value(dimension) as dimension, any_value(factor)::double as factor
    from core.units
    group by unit
),
compared as (
    select
        c.series_row,
        c.mention_id,
        p.mention_id as prev_mention_id,
        g.mention_id as growth_mention_id,
        c.indicator_id,
        c.value as now,
        c.half as now_half,
        p.value * (coalesce(v.factor, 1) / coalesce(u.factor, 1)) as before,
        p.half * (coalesce(v.factor, 1) / coalesce(u.factor, 1)) as before_half,
        g.growth,
        g.half as growth_half,
        coalesce(p.last_stated_year, 0) >= c.report_year as is_base_repeated,
    from levels as c
    join levels as p on p.cell = c.cell and p.period_year = c.period_year - 1 and p.organisation_id = c.organisation_id and p.indicator_id = c.indicator_id
    join stated as g
        on g.cell = hash(c.organisation_id, c.indicator_id, c.pair_window) and g.period_year = c.period_year and g.organisation_id = c.organisation_id
    left join scales as u on u.unit = c.unit
    left join scales as v on v.unit = p.unit
    where coalesce(u.dimension, c.unit) = coalesce(v.dimension, p.unit) and p.value > p.half
),
pairs as materialized (
    select
        series_row, mention_id, prev_mention_id, growth_mention_id, indicator_id, growth, is_base_repeated,
        (now / before - 1) * 100 as computed,
        ((now + now_half) / (before - before_half) - (now - now_half) / (before + before_half)) * 50 + growth_half as tolerance,
        greatest(
            0,
            ((now - now_half) / (before + before_half) - 1) * 100 - (growth + growth_half),
            (growth - growth_half) - ((now + now_half) / (before - before_half) - 1) * 100
        ) as gap,
    from compared
),
-- the words around a numeral, for those that disagree
told as (
    select
        m.mention_id,
        substr(x.text, (greatest(m.char_start - 120, 0) + 1)::bigint, 240) as words,
    from (select mention_id from pairs where gap > 1e-6) as y
    join core.mentions as m on m.mention_id = y.mention_id
    join core.documents as d on d.document_id = m.document_id
    join core.source_texts as x on x.source_id = d.source_id
),
growth as (
    select
        s.organisation_id, s.organisation, s.region, s.level, s.indicator_id, s.indicator, s.kind, s.period_code, s.period_year as year,
        'growth' as check_type, '%' as unit, y.growth::decimal(38, 6) as stated, y.computed::decimal(38, 6) as computed,
        y.tolerance::decimal(38, 6) as tolerance,
        y.gap <= 1e-6 as agrees,
        case
            when y.gap <= 1e-6 and abs(y.computed - y.growth) < 1e-6 then 'exact'
            when y.gap <= 1e-6 then 'rounding'
            when regexp_matches(t.words, '同口径|可比口径|剔除|扣除') then 'comparable_basis'
            when not y.is_base_repeated and regexp_matches(t.words, '修订|普查|基数') then 'base_restated'
            when y.gap <= (case when y.computed > y.growth then l.price_rise else l.price_fall end)
                and (
                    i.price_basis = 'constant' or (i.origin = 'derived' and i.name_zh like '%增加值%')
                    or regexp_matches(t.words, '可比价|不变价|实际增长')
                ) then 'constant_prices'
            when y.is_base_repeated then 'contradiction'
            else 'base_restated'
        end as reason,
        y.growth_mention_id as mention_id,
        [y.mention_id, y.prev_mention_id] as other_mention_ids,
    from pairs as y
    join main.series as s on s.rowid = y.series_row
    left join core.indicators as i on i.indicator_id = y.indicator_id
    left join told as t on t.mention_id = y.mention_id
    cross join limits as l
),
figures as (
    select
        o.mention_id, o.subject_no, o.document_id, g.organisation_id, g.organisation, g.region, g.level, o.indicator_id, i.name_zh as indicator,
        o.indicator_name, o.kind, o.unit, o.value, o.change_basis, o.scenario, o.period_code, o.period_year as year, o.approximation,
        m.char_start, m.char_end, o.part_of_mention_id,
        -- things counted one by one are exact
        case
            when o.kind = 'count' and abs(o.value::double) = try_cast(replace(o.written_value, ',', '') as double) then 0
            when try_cast(replace(o.written_value, ',', '') as double) <> 0
                then abs(o.value::double) / try_cast(replace(o.written_value, ',', '') as double)
                    * pow(10, -length(regexp_extract(o.written_value, '\.(\d+)', 1)))
            else 0
        end as step,
    from core.observations as o
    join core.mentions as m on m.mention_id = o.mention_id and m.document_id = o.document_id
    join core.documents as g on g.document_id = o.document_id
    left join core.indicators as i on i.indicator_id = o.indicator_id
    where o.value is not null and g.organisation_id is not null and o.subject_no = 1
),
-- the reports' sentences with a rate or with parts of a total, a figure a row, with the words between it and the one before
wanted as (
    select
        document_id,
        char_start - length(before) as sentence_start,
        any_value(before || surface || behind) as sentence,
    from (
        select
            m.document_id,
            m.char_start,
            m.surface,
            regexp_extract(substr(t.text, (greatest(m.char_start - 600, 0) + 1)::bigint, least(m.char_start, 600)::bigint), '[^。！？\n]*$') as before,
            regexp_extract(substr(t.text, (m.char_end + 1)::bigint, 600), '^[^。！？\n]*[。！？]?') as behind,
        from (
            select mention_id, document_id
            from core.observations
            where
                part_of_mention_id is not null
                or (kind = 'percentage' and change_basis is null and value is not null and regexp_matches(indicator_name, '率$|占比$|比重$'))
        ) as o
        join core.mentions as m on m.mention_id = o.mention_id and m.document_id = o.document_id
        join core.documents as d on d.document_id = m.document_id
        join core.source_texts as t on t.source_id = d.source_id
    ) as s
    group by document_id, char_start - length(before)
),
gaps as (
    select
        f.*,
        w.sentence_start as sentence_no,
        substr(
            w.sentence,
            lag(f.char_end, 1, w.sentence_start) over near - w.sentence_start + 1,
            f.char_start - lag(f.char_end, 1, w.sentence_start) over near
        ) as gap,
        f.change_basis is null and f.kind in ('amount', 'count') as is_level,
        row_number() over near as place,
    from wanted as w
    join figures as f on f.document_id = w.document_id and f.char_start between w.sentence_start and w.sentence_start + length(w.sentence) - 1
    window near as (partition by w.document_id, w.sentence_start order by f.char_start)
),
-- 其中 begins a list of parts; its total is the last level in the same unit before it
starts as (
    select
        p.document_id,
        p.sentence_no,
        p.place as first_place,
        p.unit,
        arg_max(w.mention_id, w.place) as total_id,
        arg_max(w.value, w.place) as total,
    from gaps as p
    join gaps as w
        on w.document_id = p.document_id and w.sentence_no = p.sentence_no and w.place < p.place and w.unit = p.unit and w.is_level
        and w.period_code is not distinct from p.period_code and w.scenario = p.scenario
    where p.is_level and regexp_matches(p.gap, '其中')
    group by p.document_id, p.sentence_no, p.place, p.unit
),
-- the parts go on as long as the unit stays and no sentence of its own begins
listed as (
    select
        s.total_id,
        s.total,
        s.first_place,
        p.mention_id,
        p.value,
        p.step,
        p.place,
        bool_and(p.unit = s.unit and p.is_level and (p.place = s.first_place or not regexp_matches(p.gap, '[；;。]|其中')))
            over (partition by s.total_id, s.first_place order by p.place) as is_part,
    from starts as s
    join gaps as p on p.document_id = s.document_id and p.sentence_no = s.sentence_no and p.place >= s.first_place
),
chains as (
    select
        total_id as mention_id,
        first_place,
        any_value(total) as total,
        sum(value) as all_parts,
        arg_min(value, place) as first_part,
        sum(step) / 2 as half,
        list(mention_id order by place) as parts,
    from listed
    where is_part
    group by total_id, first_place
),
sums as (
    -- more than the total by far: what follows the first part is no part of it
    select
        mention_id,
        case when all_parts > 1.05 * total then first_part else all_parts end as computed,
        half,
        case when all_parts > 1.05 * total then parts[1:1] else parts end as parts,
    from chains
    qualify row_number() over (partition by mention_id order by first_place) = 1
),
parts as (
    select
        w.organisation_id, w.organisation, w.region, w.level, w.indicator_id, w.indicator, w.kind, w.period_code, w.year,
        'parts' as check_type,
        w.unit,
        w.value as stated,
        s.computed::decimal(38, 6) as computed,
        (s.half + w.step / 2)::decimal(38, 6) as tolerance,
        s.computed::double <= w.value::double + s.half + w.step / 2 + 1e-6 as agrees,
        case
            when s.computed = w.value then 'exact'
            when abs(s.computed::double - w.value::double) <= s.half + w.step / 2 + 1e-6 then 'rounding'
            when s.computed < w.value then 'not_all_parts'
            else 'contradiction'
        end as reason,
        w.mention_id,
        s.parts as other_mention_ids,
    from sums as s
    join gaps as w on w.mention_id = s.mention_id
    where w.approximation = 'exact'
),
neighbours as (
    select
        *,
        lag(value, 1) over near as part,
        lag(value, 2) over near as whole,
        lag(step, 1) over near as part_step,
        lag(step, 2) over near as whole_step,
        lag(unit, 1) over near as part_unit,
        lag(unit, 2) over near as whole_unit,
        lag(indicator_name, 1) over near as part_name,
        lag(indicator_name, 2) over near as whole_name,
        lag(approximation, 1) over near = 'exact' and lag(approximation, 2) over near = 'exact' as is_exact,
        lag(change_basis, 1) over near is null and lag(change_basis, 2) over near is null as are_levels,
        lag(mention_id, 1) over near as part_id,
        lag(mention_id, 2) over near as whole_id,
        lag(part_of_mention_id, 1) over near as part_of,
        lag(gap, 1) over near as part_gap,
    from gaps
    window near as (partition by document_id, sentence_no order by char_start, subject_no)
),
rates as (
    select
        organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year,
        'rate' as check_type,
        unit,
        value as stated,
        (100 * part::double / whole::double)::decimal(38, 6) as computed,
        (50 * (part_step / nullif(whole::double, 0) + whole_step * part::double / pow(nullif(whole::double, 0), 2)) + step / 2)::decimal(38, 6) as tolerance,
        abs(100 * part::double / whole::double - value::double)
        <= 50 * (part_step / whole::double + whole_step * part::double / pow(whole::double, 2)) + step / 2 + 1e-6 as agrees,
        mention_id,
        [part_id, whole_id] as other_mention_ids,
    from neighbours
    where
        kind = 'percentage' and unit = '%' and change_basis is null and approximation = 'exact' and is_exact and are_levels
        and part_unit = whole_unit and part_unit not in ('%', '个百分点') and part > 0 and whole > 0 and part <= whole
        and (
            -- 结案率 after 立案 and 结案, 整改率 after 发现 and 整改: the word of the rate is in the name of the part
            contains(part_name, left(right(replace(indicator_name, '率', ''), 2), 2))
            or (regexp_matches(indicator_name, '结案率|办结率') and regexp_matches(part_name, '办结|结案'))
            or (regexp_matches(indicator_name, '成功率') and contains(part_name, '成功'))
            or (regexp_matches(indicator_name, '占比$|比重$') and (part_of = whole_id or regexp_matches(part_gap, '其中')))
        )
        and regexp_matches(indicator_name, '率$|占比$|比重$')
),
rated as (
    select
        r.organisation_id, r.organisation, r.region, r.level, r.indicator_id, r.indicator, r.kind, r.period_code, r.year, r.check_type, r.unit, r.stated,
        r.computed, r.tolerance, r.agrees,
        case
            when r.agrees and round(r.computed - r.stated, 6) = 0 then 'exact'
            when r.agrees then 'rounding'
            else 'contradiction'
        end as reason,
        r.mention_id, r.other_mention_ids,
    from rates as r
),
cumulative as (
    select
        p.organisation_id, p.organisation, p.region, p.level, p.indicator_id, p.indicator, p.kind, p.period_code, p.period_year as year,
        'cumulative' as check_type,
        p.unit,
        p.value as stated,
        w.value as computed,
        ((coalesce(p.written_step, 0) + coalesce(w.written_step, 0)) / 2)::decimal(38, 6) as tolerance,
        p.value <= w.value + (coalesce(p.written_step, 0) + coalesce(w.written_step, 0)) / 2 as agrees,
        case
            when p.value <= w.value then 'part_of_year'
            when p.value <= w.value + (coalesce(p.written_step, 0) + coalesce(w.written_step, 0)) / 2 then 'rounding'
            else 'contradiction'
        end as reason,
        p.mention_id,
        [w.mention_id] as other_mention_ids,
    from main.series as p
    join main.series as w
        on w.organisation_id = p.organisation_id and w.indicator_id = p.indicator_id and w.kind = p.kind and w.period_year = p.period_year
        and w.unit = p.unit and w.scenario_group = 'result' and w.period_window = 'year'
    left join core.indicators as i on i.indicator_id = p.indicator_id
    where
        p.scenario_group = 'result' and p.change_basis is null and w.change_basis is null and p.kind in ('amount', 'count')
        and p.period_type in ('half', 'quarter', 'months', 'month') and p.period_window <> 'year'
        and p.value is not null and w.value is not null and p.approximation = 'exact' and w.approximation = 'exact'
        and coalesce(i.flow_or_stock, 'flow') = 'flow' and p.value_low = p.value_high
)
select organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year, check_type, unit, stated, computed, tolerance, agrees, reason, mention_id, other_mention_ids
from growth
union all
select organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year, check_type, unit, stated, computed, tolerance, agrees, reason, mention_id, other_mention_ids
from parts
union all
select organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year, check_type, unit, stated, computed, tolerance, agrees, reason, mention_id, other_mention_ids
from rated
union all
select organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year, check_type, unit, stated, computed, tolerance, agrees, reason, mention_id, other_mention_ids
from cumulative
