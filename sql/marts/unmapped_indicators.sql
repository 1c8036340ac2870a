-- One row per indicator that is not in the catalogue: how often it is named, an example, and the entries nearest to it.
-- Nearness is the share of two-character pieces two names have in common (Dice, of 100), for the 2000 most frequent names.
with written as (
    select indicator_id, arg_max(indicator_name, (n, indicator_name)) as example
    from (
        select o.indicator_id, o.indicator_name, count(*) as n
        from core.observations as o
        join core.indicators as i on i.indicator_id = o.indicator_id and i.origin = 'derived'
        group by all
    )
    group by indicator_id
),
named as (
    select
        o.indicator_id,
        any_value(i.name_zh) as indicator,
        count(*) as n_mentions,
        count(distinct o.document_id) as n_documents,
        count(distinct o.organisation_id) as n_organisations,
        string_agg(distinct o.kind, ' ' order by o.kind) as kinds,
        string_agg(distinct o.unit, ' ' order by o.unit) as units,
        any_value(w.example) as example,
        min(o.mention_id) as mention_id,
    from core.observations as o
    join core.indicators as i on i.indicator_id = o.indicator_id
    join written as w on w.indicator_id = o.indicator_id
    group by o.indicator_id
),
frequent as (
    select indicator_id, example as name
    from named
    order by n_documents desc, n_mentions desc, indicator_id
    limit 2000
),
pieces as (
    select
        indicator_id,
        list_distinct([name[k : k + 1] for k in range(1, greatest(length(name), 2))]) as pieces,
    from frequent
),
forms as (
    select
        indicator_id as nearest_id,
        name_zh,
        unnest(string_split(concat_ws('|', name_zh, aliases), '|')) as form,
    from core.indicators
    where origin = 'catalogue'
),
form_pieces as (
    select
        nearest_id,
        name_zh,
        form,
        list_distinct([form[k : k + 1] for k in range(1, greatest(length(form), 2))]) as pieces,
    from forms
),
shared as (
    select p.indicator_id, f.nearest_id, f.name_zh, f.form, count(*) as n
    from (select indicator_id, unnest(pieces) as piece from pieces) as p
    join (select nearest_id, name_zh, form, unnest(pieces) as piece from form_pieces) as f on f.piece = p.piece
    group by p.indicator_id, f.nearest_id, f.name_zh, f.form
),
scored as (
    select
        s.indicator_id,
        s.nearest_id,
        s.name_zh,
        max(200.0 * s.n / (len(p.pieces) + len(f.pieces))) as score,
    from shared as s
    join pieces as p on p.indicator_id = s.indicator_id
    join form_pieces as f on f.nearest_id = s.nearest_id and f.form = s.form
    group by s.indicator_id, s.nearest_id, s.name_zh
),
nearest as (
    select
        indicator_id,
        max(name_zh) filter (where place = 1) as nearest_1,
        max(score) filter (where place = 1) as nearest_1_score,
        max(name_zh) filter (where place = 2) as nearest_2,
        max(score) filter (where place = 2) as nearest_2_score,
        max(nearest_id) filter (where place = 1) as nearest_id,
    from (
        select
            indicator_id, nearest_id, name_zh, score,
            row_number() over (partition by indicator_id order by score desc, nearest_id) as place,
        from scored
    ) as s
    where place <= 2
    group by indicator_id
)
select
    n.indicator_id,
    n.indicator,
    n.n_mentions,
    n.n_documents,
    n.n_organisations,
    n.kinds,
    n.units,
    n.example,
    e.nearest_id,
    e.nearest_1,
    e.nearest_1_score::decimal(38, 6) as nearest_1_score,
    e.nearest_2,
    e.nearest_2_score::decimal(38, 6) as nearest_2_score,
    n.mention_id,
from named as n
left join nearest as e on e.indicator_id = n.indicator_id
order by n.n_documents desc, n.n_mentions desc, n.indicator_id
