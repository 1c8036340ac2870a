"""The command line as a newcomer meets it: answers, formats, and one plain sentence for a mistake."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

import tongbi
from tongbi.settings import Settings


def tongbi_command(*words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "tongbi.cli", *words], input=stdin, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="session")
def at(built: Settings) -> list[str]:
    return ["--warehouse", str(built.warehouse_dir)]


def test_sql_prints_a_table_with_chinese_columns_aligned(at: list[str]) -> None:
    done = tongbi_command("sql", "select distinct organisation, level from facts order by 1", *at)
    assert done.returncode == 0
    assert "枫屿县人民政府" in done.stdout


def test_sql_writes_csv_json_and_parquet(at: list[str], tmp_path: Path) -> None:
    query = "select '=1+1' as formula, -2.50::decimal(38,6) as number, null as nothing, '数' as words"
    assert tongbi_command("sql", query, "-f", "csv", *at).stdout == "formula,number,nothing,words\n'=1+1,-2.500000,,数\n"
    assert json.loads(tongbi_command("sql", query, "-f", "json", *at).stdout) == [
        {"formula": "=1+1", "number": -2.5, "nothing": None, "words": "数"}
    ]
    file = tmp_path / "rows.parquet"
    assert tongbi_command("sql", query, "-f", "parquet", "-o", str(file), *at).returncode == 0
    assert pl.read_parquet(file)["words"].to_list() == ["数"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["sql", "select nonsense from facts"], "nonsense"),
        (["sql", "drop view facts"], "read-only"),
        (["extract", "没有这个文件.txt"], "没有这个文件.txt: cannot be opened"),
        (["explain", "no-such-mention"], "no-such-mention"),
        (["view", "没有这份报告"], "没有这份报告"),
        (["build", "--raw", "没有这个文件夹"], "is not a folder"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_1(at: list[str], words: list[str], sentence: str, tmp_path: Path) -> None:
    where = ["--warehouse", str(tmp_path)] if words[0] == "build" else [] if words[0] == "extract" else at
    done = tongbi_command(*words, *where)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_without_a_warehouse_it_says_what_to_do(tmp_path: Path) -> None:
    done = tongbi_command("sql", "select 1", "--warehouse", str(tmp_path))
    assert (done.returncode, "tongbi build" in done.stderr) == (1, True)


def test_extract_reads_standard_input() -> None:
    done = tongbi_command("extract", "-", "-f", "json", stdin="2023年完成投资1.2亿元，同比增长xx.x%。")
    rows = json.loads(done.stdout)
    assert [(r["surface"], r["value"], r["obs_status"]) for r in rows] == [("1.2亿元", 120000000, "A"), ("xx.x%", None, "Q")]
    assert "1.2亿元" in tongbi_command("extract", "-", stdin="2023年完成投资1.2亿元。").stdout
    assert tongbi_command("extract", "-", stdin="工作扎实。").stdout == "-: no figures; --all shows every numeral\n"


def test_sql_starts_without_the_heavy_libraries(at: list[str]) -> None:
    program = "import sys; sys.argv = ['tongbi', 'sql', 'select 1', *sys.argv[1:]]\nfrom tongbi.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    program += "print([m for m in ('dagster', 'polars', 'pandera', 'pydantic', 'altair') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program, *at], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip().endswith("[]"), done.stdout


def test_in_python(built: Settings) -> None:
    frame = tongbi.extract("全年新建公园3个，比上年增加1个。", title="某市2023年工作总结")
    assert frame.filter(pl.col("surface") == "3个").select("value", "unit", "period_year", "kind").row(0) == (3, "个", 2023, "count")
    assert {"mention_id", "disposition", "indicator_id", "change_basis"} <= set(frame.columns)
    with tongbi.connect(built.warehouse_dir) as con:
        assert con.execute("select count(*) > 0 from facts").fetchall() == [(True,)]
        with pytest.raises(duckdb.Error):
            con.execute("create table t as select 1")
