"""`make docs`: write again what the docs say of tables, commands and answers. A test fails where they are stale."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from typer.main import get_command

from tongbi.building import build_and_tell
from tongbi.cli import app
from tongbi.settings import SQL_DIR, Settings
from tongbi.show import plain
from tongbi.validate import TABLES
from tongbi.warehouse import connect

ROOT = Path(__file__).parents[1]
QUESTION = re.compile(r"```sql\n(.*?)```\n<!-- answer -->\n.*?<!-- end -->", re.S)
OUTPUT = re.compile(r"<!-- output: build -->\n.*?<!-- end -->", re.S)


def markdown(columns: list[str], rows: list[tuple[Any, ...]]) -> str:
    """Rows as a Markdown table."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(plain(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def answered(text: str, con: duckdb.DuckDBPyConnection) -> str:
    """A page with the answer of each of its questions."""

    def answer(found: re.Match[str]) -> str:
        result = con.execute(found[1])
        rows = markdown([d[0] for d in result.description or []], result.fetchall())
        return f"```sql\n{found[1]}```\n<!-- answer -->\n\n{rows}\n<!-- end -->"

    return QUESTION.sub(answer, text)


def readme(con: duckdb.DuckDBPyConnection, told: str) -> str:
    """The README with what a build prints and with its answers."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = "".join(f"    {line}\n" if line else "\n" for line in told.splitlines())
    return answered(OUTPUT.sub(lambda _: f"<!-- output: build -->\n\n{block}\n<!-- end -->", text), con)


def stable(told: str) -> str:
    """What a build prints, without what differs from machine to machine and run to run."""
    told = re.sub(r"published .*tongbi\.duckdb \(release \w+\) in [\d.]+ s", "published warehouse/tongbi.duckdb (release …) in … s", told)
    return re.sub(r"report .*index\.html", "report warehouse/report/index.html", told)


def dictionary(con: duckdb.DuckDBPyConnection) -> str:
    """Every table, view and column with its comment."""
    order = {name: i for i, name in enumerate(TABLES)}
    tables = con.execute("select schema_name, table_name, comment from (select schema_name, table_name, comment from duckdb_tables() union all "
                         "select schema_name, view_name, comment from duckdb_views() where not internal)").fetchall()  # fmt: skip
    columns: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    query = "select schema_name, table_name, column_name, data_type, comment from duckdb_columns() where not internal order by column_index"
    for schema, table, *column in con.execute(query).fetchall():
        columns.setdefault((schema, table), []).append((column[0], column[1], column[2]))
    out = ["# Data dictionary (数据字典)", "", "Made from the models and the comments in the warehouse by `make docs`."]
    rank = {"main": 0, "core": 1, "quality": 2}
    for schema, table, comment in sorted(tables, key=lambda t: (rank.get(t[0], 9), order.get(t[1], 0), t[1])):
        out += [
            "",
            f"## {schema}.{table}",
            "",
            comment or "",
            "",
            markdown(["column", "type", "meaning"], columns[(schema, table)]).rstrip(),
        ]
    return "\n".join(out) + "\n"


def commands() -> str:
    """Every command with its help."""
    root = get_command(app)
    out = ["# Commands", "", "Made from the program by `make docs`.", ""]
    for name, command in _flat(root, "tongbi"):
        context = command.make_context(name, [], resilient_parsing=True)
        usage = " ".join([name, *(piece for param in command.get_params(context) for piece in param.get_usage_pieces(context))])
        out += [f"## `{name}`", "", (command.help or "").strip(), "", f"    {usage} [OPTIONS]", ""]
        options = [
            record for param in command.get_params(context) if (record := param.get_help_record(context)) and "--help" not in record[0]
        ]
        out += (
            [markdown(["option", "meaning"], [tuple(re.sub(r"\s+", " ", part) for part in record) for record in options])]
            if options
            else []
        )
    return "\n".join(out).rstrip() + "\n"


def _flat(command: Any, name: str) -> list[tuple[str, Any]]:
    found = []
    for child, sub in sorted(getattr(command, "commands", {}).items()):
        path = f"{name} {child}"
        found += _flat(sub, path) if getattr(sub, "commands", None) else [(path, sub)]
    return found


def pages(settings: Settings, told: str) -> dict[Path, str]:
    """Every generated page and what it should say."""
    with connect(settings.warehouse_dir) as con:
        con.execute("set threads = 1")  # rows that a question does not order come in one order
        return {
            ROOT / "README.md": readme(con, stable(told)),
            ROOT / "docs" / "dictionary.md": dictionary(con),
            ROOT / "docs" / "cookbook.md": cookbook(con),
            ROOT / "docs" / "commands.md": commands(),
        }


def cookbook(con: duckdb.DuckDBPyConnection) -> str:
    """Every question of sql/cookbook with its answer on the demonstration reports."""
    out = [
        "# Cookbook (查询手册)",
        "",
        "Questions analysts ask, each a file in `sql/cookbook/`, with its answer on the demonstration reports.",
    ]
    for path in sorted((SQL_DIR / "cookbook").glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        title, _, query = text.partition("\n")
        result = con.execute(text)
        rows = result.fetchall()
        more = f"\n… and {len(rows) - 10} more rows\n" if len(rows) > 10 else ""
        table = markdown([d[0] for d in result.description or []], rows[:10])
        out += [
            "",
            f"## {title.removeprefix('--').strip()}",
            "",
            f"`sql/cookbook/{path.name}`",
            "",
            f"```sql\n{query.strip()}\n```",
            "",
            table + more,
        ]
    return "\n".join(out).rstrip() + "\n"


def build(folder: Path) -> tuple[Settings, str]:
    """A warehouse of the demonstration reports, and what building it prints."""
    settings = Settings.default(ROOT / "raw", folder, workers=1)
    console = Console(record=True, width=140, quiet=False, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115
    if build_and_tell(settings, console, Console(stderr=True)) == "fail":
        sys.exit("the demonstration reports do not build")
    return settings, console.export_text()


def main() -> None:
    """Write every page."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in pages(*build(Path(folder))).items():
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
