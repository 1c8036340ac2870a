-- One row per observation whose cell of `series` holds several: whether it was chosen, and why. Any other candidate is the only one of its cell.
-- table
-- The rules, in this order: figures before bare scale words (万亿元台阶), unredacted before redacted, actual before expected, the window itself before a longer one, the later
-- report before the earlier where they contradict, what a report says most often where it contradicts itself; of mentions that
-- agree: the report of that year, then detail before round figure, then the first.
with cells as (
    select
        observation_row,
        hash(organisation_id, indicator_id, kind, change_basis, period_year, cell_period, scenario_group) as cell,
    from steps.candidates
),
repeated as (
    select cell, count(*) as n_mentions
    from cells
    group by cell
    having count(*) > 1
),
several as (
    select
        c.*,
        s.cell,
        s.n_mentions,
        u.factor,
        c.scenario = 'expected' as is_expected,
        c.value is not null and not regexp_matches(c.written_value, '[^千万亿]') as is_scale,
        c.period_type = 'multi_year' and c.period_code not like '%/%' as is_longer,
        coalesce(c.value, c.value_low) as low,
        coalesce(c.value, c.value_high) as high,
        c.report_year = c.period_year - (case when c.scenario_group = 'plan' then 1 else 0 end) as is_own,
        -- what one unit of the last written digit stands for, of things counted one by one too
        case
            when try_cast(replace(c.written_value, ',', '') as double) <> 0 and c.value is not null
                then abs(c.value::double) / try_cast(replace(c.written_value, ',', '') as double)
                    * pow(10, -length(regexp_extract(c.written_value, '\.(\d+)', 1)))
            else 0
        end as step,
    from steps.candidates as c
    join cells as e on e.observation_row = c.observation_row
    join repeated as s on s.cell = e.cell
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
    observation_row, n_mentions, is_preferred, last_stated_year, contradicts as is_contradicted,
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
