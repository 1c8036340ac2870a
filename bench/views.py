"""Publish and question a warehouse of generated observations (default ten million): seconds, memory, and one row for each question.

    python bench/views.py [--observations 10000000] [--folder DIR]

Limits to keep: publishing under 60 s and 4 GB; one organisation or one indicator under 0.3 s; a full scan of a view under 5 s, on two cores.
What it measures is the SQL of the warehouse alone: core loads from Parquet, then every view of sql/marts.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import duckdb
import polars as pl
from corpus import texts

from tongbi.extract.lexicon import units
from tongbi.resolve import catalogue
from tongbi.settings import SQL_DIR, Settings
from tongbi.validate import CORE
from tongbi.warehouse.build import marts

YEARS, PER_REPORT = 5, 400
GENERATE = {
    "documents": """
        select
            printf('d%07d', d) as document_id, printf('s%07d', d) as source_id, 0 as char_start, 40 * {per} as char_end, '政府工作报告' as title,
            printf('第%d县人民政府', d // {years}) as organisation, printf('第%d县/government', d // {years}) as organisation_id,
            'government' as organisation_type, 'county' as level, printf('第%d县', d // {years}) as region, null::varchar as region_code,
            'general' as sector, 'government_work_report' as report_type, 2019 + d % {years} as report_year, 2020 + d % {years} as plan_year,
            null::date as delivered_on, null::varchar as same_report_as, 'generated' as evidence, 'generated' as organisation_evidence
        from range({documents}) as t(d)
    """,
    "figures": """
        select
            d, i, printf('m%07d-%06d', d, 40 * i) as mention_id, printf('d%07d', d) as document_id, printf('d%07d-1', d) as section_id,
            2019 + d % {years} as year, (d // {years} * 37 + i // 2) % {names} as name,
            i % 2 = 1 as is_growth, hash(d, i) % 20 = 0 as is_redacted, i >= 300 as is_plan,
            case
                when i % 2 = 1 then round(((1 + (d % {years}) / 20.0) / (1 + (d % {years} - 1) / 20.0) - 1) * 100, 1)
                else round((100 + hash(d // {years}, i) % 1000000 / 100.0) * (1 + (d % {years}) / 20.0), 2)
            end as number
        from range({documents}) as t(d), range({per}) as u(i)
    """,
}


def generate(folder: Path, observations: int) -> None:
    """Shards as the stages leave them: texts, documents, sections, mentions, observations."""
    con = duckdb.connect()
    con.register("units", units())
    con.register("catalogue", catalogue().select("indicator_id", "name_zh").with_row_index("k"))
    documents = observations // PER_REPORT
    told = {"documents": documents, "years": YEARS, "per": PER_REPORT, "names": 3000}
    con.execute(f"copy ({GENERATE['documents'].format(**told)}) to '{folder}/documents.parquet'")
    con.execute(f"create view figures as {GENERATE['figures'].format(**told)}")
    con.execute(f"""copy (
        select mention_id, 1 as subject_no, document_id, section_id, null::varchar as organisation_id, null::varchar as region, year as report_year,
            coalesce(c.indicator_id, printf('n-%016d', name)) as indicator_id, coalesce(c.name_zh, printf('第%d项指标', name)) as indicator_name,
            case when is_growth then 'percentage' else 'amount' end as kind,
            case when is_redacted then null when is_growth then number::decimal(38,6) else (number * 10000)::decimal(38,6) end as value,
            case when is_redacted then null when is_growth then number::decimal(38,6) else (number * 10000)::decimal(38,6) end as value_low,
            case when is_redacted then null when is_growth then number::decimal(38,6) else (number * 10000)::decimal(38,6) end as value_high,
            case when is_growth then '%' else '元' end as unit, number::varchar as written_value,
            case when is_growth then '%' else '万元' end as written_unit, is_redacted, case when is_redacted then 'xx.x' end as mask,
            case when is_redacted then 2 end as mask_digits, case when is_redacted then 'Q' when is_plan then 'F' else 'A' end as obs_status,
            'exact' as approximation, case when is_growth then 'yoy' end as change_basis, null::varchar as base_period_code,
            case when is_growth then 'up' end as change_direction, case when is_plan then 'planned' else 'actual' end as scenario,
            case when is_plan then 'plain' end as target_force, 'year' as period_type, (year + is_plan::int)::varchar as period_code,
            year + is_plan::int as period_year, make_date((year + is_plan::int)::int, 1, 1) as period_start,
            make_date((year + is_plan::int)::int, 12, 31) as period_end, null::varchar as period_written, null::varchar as rank_scope,
            null::varchar as base_mention_id, null::varchar as part_of_mention_id, 'phrase_before' as rule_name,
            'default_year/level/actual' as rule_context, 40 * i as char_start, 40 * i + 8 as char_end, '100.00万元' as surface,
            case when not is_redacted and number <> 0 then pow(10, (case when is_growth then 0 else 4 end) - length(split_part(number::varchar, '.', 2))) end as written_step
        from figures left join catalogue as c on c.k = name
        ) to '{folder}/observations.parquet'""")
    con.execute(f"""copy (
        select mention_id, document_id, section_id, 40 * i as char_start, 40 * i + 8 as char_end, '100.00万元' as surface, 'indicator' as disposition,
            'unit_number' as rule
        from figures) to '{folder}/mentions.parquet'""")
    con.execute(f"""copy (
        select printf('d%07d-1', d) as section_id, printf('d%07d', d) as document_id, null::varchar as parent_id, 1 as level, '一、' as marker,
            '工作回顾' as heading, '一' as path, 'achievements' as section_type, 0 as char_start, 40 * {PER_REPORT} as char_end
        from range({documents}) as t(d)) to '{folder}/sections.parquet'""")
    con.register("parts", pl.DataFrame({"part": _parts()}))
    con.execute(f"""copy (
        with parts as (select list(part) as parts from parts)
        select printf('s%07d', d) as source_id,
            array_to_string([parts[(1 + hash(d, i) % len(parts))::bigint] for i in range({PER_REPORT // 4})], '') as text
        from range({documents}) as t(d), parts) to '{folder}/texts.parquet'""")


def _parts() -> list[str]:
    """Invented prose, cut into a few thousand parts of 160 characters, in each of which four figures stand 40 characters apart."""
    prose = "".join(texts(1.0))
    return ["".join("100.00万元" + prose[k : k + 32] for k in range(begin, begin + 128, 32)) for begin in range(0, len(prose) - 128, 128)]


def publish(folder: Path, database: Path) -> dict[str, float]:
    """Load the shards and create every view, as a build does; seconds of CPU of each part (both cores together)."""
    con = duckdb.connect(str(database))
    con.execute(f"set threads = 2; set memory_limit = '{Settings.memory}'; create schema core")
    seconds: dict[str, float] = {}
    tables = {t.name: t for t in CORE}
    con.register("frame_units", units())
    con.register("frame_catalogue", catalogue())
    con.execute(f"create view frame_documents as select * from '{folder}/documents.parquet'")
    for stage in ("texts", "documents", "sections", "mentions", "observations"):
        con.execute(f"set variable {stage} = ['{folder}/{stage}.parquet']")
    con.execute("create table core.settings as select 0.5::decimal(38,6) as rate_tolerance, 0.05::decimal(38,6) as level_tolerance")
    con.execute(
        f"create table frame_sources as select source_id, source_id || '.txt' as path, 'b' as batch, 'loaded' as status from '{folder}/documents.parquet'"
    )
    for name in ("sources", "units", "documents", "source_texts", "sections", "mentions", "observations", "indicators"):
        begun = time.process_time()
        con.execute(tables[name].ddl())
        select = (SQL_DIR / "core" / f"{name}.sql").read_text(encoding="utf-8")
        if name == "sources":
            select = "select source_id, path, batch, status from frame_sources"
        con.execute(f"insert into core.{name} by name {select}")
        seconds[f"core.{name}"] = time.process_time() - begun
    con.execute("drop table frame_sources")
    begun = time.process_time()

    def tell(name: str) -> None:
        nonlocal begun
        seconds[name] = time.process_time() - begun
        begun = time.process_time()

    marts(con, tell)
    begun = time.process_time()
    con.execute("checkpoint")
    con.close()
    return seconds | {"checkpoint": time.process_time() - begun}


QUESTIONS = {
    "one organisation": "organisation = '第77县人民政府'",
    "one organisation, by id": "organisation_id = '第77县/government'",
    "one indicator": "indicator = '社会消费品零售总额'",
    "one indicator, by id": "indicator_id = 'retail_sales'",
}
VIEWS = ("facts", "series", "yoy", "plan_vs_actual", "peers", "stated_vs_computed", "redactions", "rank_changes")


def ask(database: Path) -> list[tuple[str, str, float]]:
    """Seconds for each view and question, the best of three; a full scan reads the numbers of every row."""
    con = duckdb.connect(str(database), read_only=True)
    con.execute("set threads = 2")
    out = []
    for view in VIEWS:
        columns = {row[0] for row in con.execute(f"describe {view}").fetchall()}
        for name, where in QUESTIONS.items():
            if where.split(" ")[0] in columns:
                out.append((view, name, _best(con, f"select * from {view} where {where}")))
        number = next(c for c in ("value", "target", "stated", "rank", "mask_digits") if c in columns)
        out.append((view, "full scan", _best(con, f"select count(*), sum({number}), count(distinct unit) from {view}", 1)))
    return out


def _best(con: duckdb.DuckDBPyConnection, query: str, times: int = 3) -> float:
    best = float("inf")
    for _ in range(times):
        begun = time.monotonic()
        con.execute(query).fetchall()
        best = min(best, time.monotonic() - begun)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--observations", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path)
    told = parser.parse_args()
    folder = told.folder or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "texts.parquet").exists():
        generate(folder, told.observations)
    database = folder / "tongbi.duckdb"
    database.unlink(missing_ok=True)
    begun, cpu = time.monotonic(), time.process_time()
    seconds = publish(folder, database)
    for name, took in seconds.items():
        print(f"{name:24}{took:8.2f} s of CPU")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{'published':24}{time.monotonic() - begun:8.2f} s, {time.process_time() - cpu:.1f} s of CPU, peak {peak:.2f} GB, file {database.stat().st_size / 1e9:.2f} GB"
    )
    for view, name, took in ask(database):
        print(f"{view:20}{name:26}{took:8.3f} s")


if __name__ == "__main__":
    main()
