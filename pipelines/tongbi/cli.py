"""The command line: thin. Each command imports what it needs when it runs, so that `tongbi sql` starts at once."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from tongbi.errors import InputError, TongbiError
from tongbi.settings import SQL_DIR, Settings

app = typer.Typer(
    help="Tongbi (同比): figures of Chinese government reports, comparable year over year in SQL.",
    no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, rich_markup_mode=None,
)  # fmt: skip
indicators = typer.Typer(help="The catalogue of indicators (指标目录).", no_args_is_help=True)
app.add_typer(indicators, name="indicators")
out, err = Console(soft_wrap=False), Console(stderr=True)

Raw = Annotated[Path | None, typer.Option("--raw", help="folder of reports (default: raw/ of the project)")]
Warehouse = Annotated[Path | None, typer.Option("--warehouse", help="folder of the warehouse (default: warehouse/ of the project)")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="write to this file instead of the screen")]


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


EXAMPLES = ("yoy_one_organisation", "plan_against_result", "redacted_but_compared")


@app.command()
def build(
    raw: Raw = None,
    warehouse: Warehouse = None,
    workers: Annotated[int | None, typer.Option(help="worker processes (default: one a core)", min=1)] = None,
    batch: Annotated[str | None, typer.Option(help="only this batch: a first folder under raw/")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="exit with 2 if checks warn")] = False,
    examples: Annotated[bool, typer.Option("--examples", help="show three example answers at the end")] = False,
) -> None:
    """Read what changed under raw/ and publish the warehouse. Exit code 0 published, 1 not, 2 published with warnings (--strict)."""
    from tongbi.building import build_and_tell

    settings = Settings.default(raw, warehouse, workers, batch)
    status = build_and_tell(settings, out, err)
    if status != "fail" and examples:
        for name in EXAMPLES:
            _example(name, settings)
    raise typer.Exit({"fail": 1, "warn": 2 if strict else 0}.get(status, 0))


def _example(name: str, settings: Settings) -> None:
    """One question of the cookbook with its answer."""
    from tongbi.show import table
    from tongbi.warehouse import connect

    text = (SQL_DIR / "cookbook" / f"{name}.sql").read_text(encoding="utf-8")
    out.print("\n" + text.splitlines()[0].removeprefix("--").strip(), style="bold", markup=False)
    with connect(settings.warehouse_dir) as con:
        found = con.execute(text)
        wide = out if out.is_terminal else Console(width=140)
        table([d[0] for d in found.description or []], found.fetchall(), wide, limit=8)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="SQL, or - to read it from standard input")],
    warehouse: Warehouse = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="how to write the rows")] = Format.table,
    output: Output = None,
) -> None:
    """Ask the published warehouse a question in DuckDB SQL (read-only). SHOW TABLES lists what there is."""
    import duckdb

    from tongbi import show
    from tongbi.warehouse import connect

    query = sys.stdin.read() if query == "-" else query
    con = connect(warehouse)
    try:
        if format is Format.parquet:
            _parquet(con, query, output)
            return
        found = con.execute(query)
        columns = [d[0] for d in found.description or []]
        rows = found.fetchall()
    except duckdb.Error as error:
        raise InputError(_first_lines(error)) from None
    if format is Format.table:
        if output:
            with output.open("w", encoding="utf-8") as file:
                show.table(columns, rows, Console(file=file, width=200), limit=len(rows))
        else:
            show.table(columns, rows, out)
        return
    _write(show.as_csv(columns, rows) if format is Format.csv else show.as_json(columns, rows), output)


def _first_lines(error: Exception) -> str:
    """What DuckDB says, up to where it draws the query."""
    text = str(error).split("\n\nLINE")[0].strip()
    return "the query cannot be answered. " + " ".join(line.strip() for line in text.splitlines() if line.strip())


def _parquet(con: Any, query: str, output: Path | None) -> None:
    if output is None:
        raise InputError("Parquet is not for the screen: name a file with -o FILE")
    target = str(output).replace("'", "''")
    con.execute(f"copy ({query.rstrip().rstrip(';')}) to '{target}' (format parquet)")


def _write(text: str, output: Path | None) -> None:
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


@app.command()
def extract(
    file: Annotated[str, typer.Argument(help="a report of any kind, or - for text from standard input")],
    format: Annotated[Format, typer.Option("--format", "-f", help="table, csv or json")] = Format.table,
    output: Output = None,
    every: Annotated[bool, typer.Option("--all", help="every numeral, not only indicators")] = False,
) -> None:
    """Show the figures of one text; no warehouse needed."""
    from tongbi.single import extract_file

    frame = extract_file(file, sys.stdin.buffer)
    from tongbi import show

    if not every:
        frame = frame.filter(frame["disposition"] == "indicator")
    if format is Format.parquet:
        if output is None:
            raise InputError("Parquet is not for the screen: name a file with -o FILE")
        frame.write_parquet(output)
    elif format is Format.table:
        brief = ["surface", "disposition"] if every else []
        brief += [
            "indicator_name",
            "value",
            "unit",
            "approximation",
            "change_basis",
            "change_direction",
            "scenario",
            "period_code",
            "obs_status",
            "surface",
        ]
        frame = frame.select(list(dict.fromkeys(brief)))
        if frame.is_empty():
            out.print(f"{file}: no {'numerals' if every else 'figures; --all shows every numeral'}", markup=False, highlight=False)
        else:
            show.table(frame.columns, frame.rows(), out, limit=100_000)
    else:
        _write((show.as_csv if format is Format.csv else show.as_json)(frame.columns, frame.rows()), output)


@app.command()
def report(warehouse: Warehouse = None) -> None:
    """Write the data-quality report of the published warehouse again, and say where it is."""
    from tongbi.quality import write_report

    for path in write_report(Settings.default(warehouse=warehouse)):
        out.print(str(path), markup=False, highlight=False)


@app.command()
def view(
    document: Annotated[str, typer.Argument(help="a document_id, a path under raw/, or the end of one")],
    warehouse: Warehouse = None,
    output: Output = None,
) -> None:
    """Write a page of one report with its outline and every numeral marked."""
    from tongbi.quality import write_view

    out.print(str(write_view(Settings.default(warehouse=warehouse), document, output)), markup=False, highlight=False)


@app.command()
def explain(mention_id: Annotated[str, typer.Argument(help="a mention_id of any view")], warehouse: Warehouse = None) -> None:
    """Show where a figure stands in its source, which rules read it, and what it is compared with."""
    from tongbi.explain import explain as explained
    from tongbi.explain import render
    from tongbi.warehouse import connect

    out.print(render(explained(connect(warehouse), mention_id)))


@indicators.command("review")
def review(warehouse: Warehouse = None, output: Output = None) -> None:
    """Write the names that fit no catalogue entry, with the nearest entries, as a CSV to fill in."""
    from tongbi import show
    from tongbi.resolve import review as suggestions
    from tongbi.warehouse import connect

    frame = suggestions(connect(warehouse))
    _write(show.as_csv(frame.columns, frame.rows()), output)


@indicators.command("accept")
def accept(file: Annotated[Path, typer.Argument(help="the CSV of `indicators review`, filled in")]) -> None:
    """Make the accepted rows of a review aliases of the catalogue."""
    from tongbi.resolve.review import accept as accepted

    out.print(f"{accepted(file)} aliases added: run `tongbi build` to use them", highlight=False)


@app.command()
def dev(
    raw: Raw = None,
    warehouse: Warehouse = None,
    port: Annotated[int, typer.Option(help="port of the page")] = 3000,
) -> None:
    """Open the Dagster UI: the graph, its runs, the schedule and the sensors."""
    from tongbi.run import home

    settings = Settings.default(raw, warehouse)
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    home(settings)
    os.environ |= {"TONGBI_RAW": str(settings.raw_dir), "TONGBI_WAREHOUSE": str(settings.warehouse_dir)}
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    out.print(f"the Dagster UI opens at http://127.0.0.1:{port} (stop it with Ctrl-C)", highlight=False)
    os.execvp("dagster", ["dagster", "dev", "-m", "tongbi.definitions", "-p", str(port), "--log-level", "warning"])


def main() -> None:
    """Run a command; a user's mistake is one sentence on standard error and exit code 1."""
    try:
        app()
    except TongbiError as error:
        err.print(f"tongbi: {error}", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
