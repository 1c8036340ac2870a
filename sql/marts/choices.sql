-- One row per observation of a known organisation, indicator and year: the cell of `series` it belongs to, and whether it was chosen.
-- table
-- The rules, in this order: figures before bare scale words (万亿元台阶), unredacted before redacted, actual before expected, the window itself before a longer one, the later
-- report before the earlier where they contradict, what a report says most often where it contradicts itself; of mentions that
-- agree: the report of that year, then detail before round figure, then the first.
with candidates as (
    select
        o.rowid as observation_row,
        o.mention_id,
        o.subject_no,
        d.organisation_id,
        o.indicator_id,
        o.kind,
        o.change_basis,
        o.period_year,
        o.period_code,
        o.period_type,
        case when o.scenario = 'planned' then 'plan' else 'result' end as scenario_group,
        case
            when o.period_code is null then 'masked:' || o.period_type
            when i.flow_or_stock = 'stock' and o.period_code = o.period_year || '-12-31' then o.period_year::varchar
            else o.period_code
        end as cell_period,
        o.document_id,
        coalesce(d.report_year, d.plan_year) as report_year,
        d.delivered_on,
        o.is_redacted,
        o.scenario = 'expected' as is_expected,
        o.value is not null and not regexp_matches(o.written_value, '[^千万亿]') as is_scale,
        o.period_type = 'multi_year' and o.period_code not like '%/%' as is_longer,
        o.approximation,
        o.value,
        coalesce(o.value, o.value_low) as low,
        coalesce(o.value, o.value_high) as high,
        o.written_value,
        o.unit,
        o.rank_scope,
    from core.observations as o
    join core.documents as d on d.document_id = o.document_id
    left join core.indicators as i on i.indicator_id = o.indicator_id
    where
        d.organisation_id is not null and o.period_year is not null
        -- no name, or one too general to join on
        and o.indicator_id <> 'unnamed' and o.indicator_id not like 'g-%'
),
cells as not materialized (
    select
        *,
        hash(organisation_id, indicator_id, kind, change_basis, period_year, cell_period, scenario_group) as cell,
    from candidates
),
repeated as (
    select cell, count(*) as n_mentions
    from cells
    group by cell
    having count(*) > 1
),
single as (
    select c.observation_row, c.cell_period, c.scenario_group, c.report_year
    from cells as c
    anti join repeated as s on s.cell = c.cell
),
several as (
    select
        c.*,
        s.n_mentions,
        m.char_start,
        u.factor,
        c.report_year = c.period_year - (case when c.scenario_group = 'plan' then 1 else 0 end) as is_own,
        -- what one unit of the last written digit stands for
        case
            when try_cast(replace(c.written_value, ',', '') as double) <> 0 and c.value is not null
                then abs(c.value::double) / try_cast(replace(c.written_value, ',', '') as double)
                    * pow(10, -length(regexp_extract(c.written_value, '\.(\d+)', 1)))
            else 0
        end as step,
    from cells as c
    join repeated as s on s.cell = c.cell
    join core.mentions as m on m.mention_id = c.mention_id
    left join core.units as u on u.unit = c.unit
),
spans as (
    select
        *,
        (low::double - case when value is null then 0 else step / 2 end) * coalesce(factor, 1) as span_low,
        (high::double + case when value is null then 0 else step / 2 end) * coalesce(factor, 1) as span_high,
    from several
),
agreed as (
    select a.mention_id, a.subject_no, count(*) as n_agree
    from spans as a
    join spans as b
        on b.cell = a.cell and b.document_id = a.document_id and b.span_low <= a.span_high + 1e-9 and a.span_low <= b.span_high + 1e-9
    group by a.mention_id, a.subject_no
),
ranked as (
    select
        s.*,
        coalesce(a.n_agree, 0) as n_agree,
        row_number() over (
            partition by s.cell, s.organisation_id, s.indicator_id
            order by
                s.is_scale, s.is_redacted, s.is_expected, s.is_longer, s.report_year desc, s.delivered_on desc nulls last, n_agree desc,
                s.approximation = 'exact' desc, s.char_start, s.mention_id, s.subject_no
        ) as place,
    from spans as s
    left join agreed as a on a.mention_id = s.mention_id and a.subject_no = s.subject_no
),
held as (
    select
        r.*,
        top.document_id as top_document,
        top.report_year as top_year,
        top.is_redacted as top_redacted,
        top.is_expected as top_expected,
        top.is_longer as top_longer,
        r.is_scale = top.is_scale and r.is_redacted = top.is_redacted and r.is_expected = top.is_expected and r.is_longer = top.is_longer
        and (
            (r.span_low <= top.span_high + 1e-9 and top.span_low <= r.span_high + 1e-9)
            or (r.is_redacted and top.is_redacted)
            or r.mention_id = top.mention_id
        ) as agrees,
    from ranked as r
    join ranked as top
        on top.cell = r.cell and top.organisation_id = r.organisation_id and top.indicator_id = r.indicator_id and top.place = 1
),
chosen as (
    select
        *,
        row_number() over (
            partition by cell, organisation_id, indicator_id
            order by coalesce(agrees, false) desc, is_own desc, approximation = 'exact' desc, step, report_year desc, char_start, mention_id, subject_no
        ) = 1 as is_preferred,
        min(step) over (partition by cell, organisation_id, indicator_id, coalesce(agrees, false)) as finest,
        max(report_year) filter (where agrees) over (partition by cell, organisation_id, indicator_id) as last_stated_year,
        bool_or(not coalesce(agrees, false) and is_redacted) over (partition by cell, organisation_id, indicator_id) as beats_redacted,
        bool_or(not coalesce(agrees, false) and not is_redacted and is_expected) over (partition by cell, organisation_id, indicator_id) as beats_expected,
        bool_or(not coalesce(agrees, false) and not is_scale and not is_redacted and not is_expected and not is_longer and document_id <> top_document)
            over (partition by cell, organisation_id, indicator_id) as beats_earlier,
        bool_or(not coalesce(agrees, false) and not is_scale and not is_redacted and not is_expected and not is_longer and document_id = top_document)
            over (partition by cell, organisation_id, indicator_id) as contradicts,
    from held
)
select
    observation_row, cell_period, scenario_group, 1 as n_mentions, true as is_preferred, report_year as last_stated_year, false as is_contradicted, 'only mention' as choice_reason,
from single
union all
select
    observation_row, cell_period, scenario_group, n_mentions, is_preferred, last_stated_year, contradicts as is_contradicted,
    case
        when is_preferred and contradicts then 'contradiction: said most often, then first'
        when is_preferred and beats_earlier then 'later report'
        when is_preferred and beats_redacted then 'unredacted'
        when is_preferred and beats_expected then 'actual'
        when is_preferred then 'agrees with the others: report of the year, detail, first'
        when is_redacted and not top_redacted then 'redacted'
        when is_expected and not top_expected then 'expected'
        when is_longer and not top_longer then 'longer period'
        when is_scale and not coalesce(agrees, false) then 'scale word'
        when coalesce(agrees, false) and step > finest then 'round figure'
        when coalesce(agrees, false) then 'repeated'
        when document_id <> top_document then 'earlier report'
        else 'contradiction'
    end as choice_reason,
from chosen
