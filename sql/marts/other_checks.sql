-- One row per total, rate or part of a year that a report states and that its other figures let one compute.
-- table
with figures as (
    select
        o.mention_id, o.subject_no, o.document_id, g.organisation_id, g.organisation, g.region, g.level, o.indicator_id, i.name_zh as indicator,
        o.indicator_name, o.kind, o.unit, o.value, o.change_basis, o.scenario, o.period_code, o.period_year as year, o.approximation,
        o.char_start, o.char_end, o.part_of_mention_id,
        coalesce(o.written_step, 0) as step,
    from core.observations as o
    join core.documents as g on g.document_id = o.document_id
    left join core.indicators as i on i.indicator_id = o.indicator_id
    where o.value is not null and g.organisation_id is not null and o.subject_no = 1
),
-- the reports' sentences with a rate or with parts of a total, a figure a row, with the words between it and the one before
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
    from steps.told_sentences as w
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
        lag(step, 1) over near as part_step,
        lag(unit, 1) over near as part_unit,
        lag(indicator_name, 1) over near as part_name,
        lag(approximation, 1) over near = 'exact' as part_is_exact,
        lag(is_level, 1) over near as part_is_level,
        lag(mention_id, 1) over near as part_id,
        lag(part_of_mention_id, 1) over near as part_of,
        lag(gap, 1) over near as part_gap,
        list({value: value::double, unit: unit, step: step, is_level: is_level, is_exact: approximation = 'exact', mention_id: mention_id}) over (
            partition by document_id, sentence_no
            order by char_start, subject_no
            rows between unbounded preceding and 2 preceding
        ) as earlier,
    from gaps
    window near as (partition by document_id, sentence_no order by char_start, subject_no)
),
-- the whole may be any level before the part in its unit: the one that fits best; where several could be it and none fits, nothing is said
fitted as (
    select
        n.*,
        list_filter(
            earlier, lambda x: x.unit = part_unit and x.is_level and x.is_exact and x.value >= part and x.value > 0
        ) as wholes,
    from neighbours as n
    where
        kind = 'percentage' and unit = '%' and change_basis is null and approximation = 'exact' and part_is_level and part_is_exact and part > 0
        and part_unit not in ('%', '个百分点')
        and regexp_matches(indicator_name, '率$|占比$|比重$')
        and (
            -- 结案率 after 立案 and 结案, 整改率 after 发现 and 整改: the word of the rate is in the name of the part
            contains(part_name, left(right(replace(indicator_name, '率', ''), 2), 2))
            or (regexp_matches(indicator_name, '结案率|办结率') and regexp_matches(part_name, '办结|结案'))
            or (regexp_matches(indicator_name, '占比$|比重$') and (part_of is not null or regexp_matches(part_gap, '其中')))
        )
),
rates as (
    select
        organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year,
        'rate' as check_type,
        unit,
        value as stated,
        (100 * part::double / best.value)::decimal(38, 6) as computed,
        (50 * (part_step / best.value + best.step * part::double / pow(best.value, 2)) + step / 2)::decimal(38, 6) as tolerance,
        abs(100 * part::double / best.value - value::double)
        <= 50 * (part_step / best.value + best.step * part::double / pow(best.value, 2)) + step / 2 + 1e-6 as agrees,
        mention_id,
        [part_id, best.mention_id] as other_mention_ids,
        len(wholes) as n_wholes,
    from (
        select
            *,
            wholes[list_position(
                list_transform(wholes, lambda x: abs(100 * part::double / x.value - value::double)),
                list_min(list_transform(wholes, lambda x: abs(100 * part::double / x.value - value::double)))
            )] as best,
        from fitted
        where len(wholes) > 0
    ) as f
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
    where r.agrees or r.n_wholes = 1
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
from parts
union all
select organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year, check_type, unit, stated, computed, tolerance, agrees, reason, mention_id, other_mention_ids
from rated
union all
select organisation_id, organisation, region, level, indicator_id, indicator, kind, period_code, year, check_type, unit, stated, computed, tolerance, agrees, reason, mention_id, other_mention_ids
from cumulative
