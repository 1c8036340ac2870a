"""Corrections as data: `raw/corrections.toml` says which figure of which source is dropped, overridden or flagged, and why.

Each entry guards itself: what it `expect`s must still stand there, else the run ends with one sentence that names it.

    [[correction]]
    source = "某县/2024年工作总结.txt"   # path under raw/
    char_start = 1204                     # place of the numeral; or quoted: sentence = "…", surface = "6.8%"
    action = "override"                   # drop | override | flag
    set = { value = "5.2" }               # override only: columns of core.observations
    expect = { value = "6.8", unit = "%" }
    reason = "the report's own levels give 5.2 %"
"""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import polars as pl

from tongbi.errors import ManifestError

ACTIONS = ("drop", "override", "flag")
KEYS = {"source", "char_start", "sentence", "surface", "subject_no", "action", "set", "expect", "reason"}
NUMBERS = ("value", "value_low", "value_high")


def load(raw_dir: Path) -> list[dict[str, Any]]:
    """The entries of `raw/corrections.toml`, checked for what each must say; none where there is no such file."""
    path = raw_dir / "corrections.toml"
    if not path.exists():
        return []
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path} cannot be read ({error}): mend it or take it away") from None
    entries = data.get("correction", [])
    for number, entry in enumerate(entries, 1):
        _check(entry, number, raw_dir)
    return list(entries)


def _check(entry: dict[str, Any], number: int, raw_dir: Path) -> None:
    """Raise ManifestError where an entry does not say what it must."""
    name = f"correction {number} of corrections.toml ({entry.get('source', 'without source')})"
    wrong = None
    if entry.get("action") not in ACTIONS:
        wrong = f"its action is {entry.get('action')!r}: give one of {', '.join(ACTIONS)}"
    elif not entry.get("reason") or not entry.get("expect"):
        wrong = "give it a reason and what it should expect there"
    elif "char_start" not in entry and not (entry.get("sentence") and entry.get("surface")):
        wrong = "say where: char_start, or sentence and surface"
    elif (entry["action"] == "override") != bool(entry.get("set")):
        wrong = "an override, and nothing else, says in set what the figure is"
    elif set(entry) - KEYS:
        wrong = f"it has no key {sorted(set(entry) - KEYS)[0]}"
    elif not entry.get("source") or not (raw_dir / entry["source"]).is_file():
        wrong = "there is no such file under raw/"
    if wrong:
        raise ManifestError(f"{name}: {wrong}")


def of_batch(entries: list[dict[str, Any]], batch: str) -> str:
    """The entries that concern one batch as JSON, or nothing: a stage that reads them has them in its name."""
    mine = [e for e in entries if (e["source"].split("/", 1)[0] if "/" in e["source"] else "default") == batch]
    return json.dumps(mine, ensure_ascii=False, sort_keys=True, default=str) if mine else ""


def apply(
    entries: list[dict[str, Any]], observations: pl.DataFrame, mentions: pl.DataFrame, texts: pl.DataFrame
) -> tuple[pl.DataFrame, list[dict[str, Any]]]:
    """Observations of a shard with the entries that concern its sources applied, and a log of what each did.

    Raises ManifestError for an entry that fits nothing, or finds something else than it expects.
    """
    paths = dict(texts.select("path", "source_id").iter_rows())
    log: list[dict[str, Any]] = []
    for entry in entries:
        if entry["source"] not in paths:
            continue
        text = texts.filter(pl.col("source_id") == paths[entry["source"]])["text"][0]
        mention = _mention(entry, mentions, paths[entry["source"]], text)
        observations, done = _one(entry, observations, mention)
        log.append(done)
    return observations, log


def _mention(entry: dict[str, Any], mentions: pl.DataFrame, source_id: str, text: str) -> str:
    """The id of the numeral an entry is about."""
    here = mentions.filter(pl.col("document_id").str.starts_with(source_id))
    if "char_start" in entry:
        hits = here.filter(pl.col("char_start") == entry["char_start"])
    else:
        start = text.find(entry["sentence"])
        inside = (pl.col("char_start") >= start) & (pl.col("char_end") <= start + len(entry["sentence"])) if start >= 0 else pl.lit(False)
        hits = here.filter(inside & (pl.col("surface") == entry["surface"]))
    if hits.height != 1:
        raise ManifestError(f"{_name(entry)} finds {hits.height or 'no'} numeral there: say where it stands now, or take the entry away")
    return str(hits["mention_id"][0])


def _one(entry: dict[str, Any], observations: pl.DataFrame, mention_id: str) -> tuple[pl.DataFrame, dict[str, Any]]:
    """Apply one entry to the observations of its mention."""
    mine = (pl.col("mention_id") == mention_id) & (pl.col("subject_no") == entry.get("subject_no", 1))
    found = observations.filter(mine)
    if not found.height:
        raise ManifestError(f"{_name(entry)} is about a numeral that states no indicator: take the entry away")
    row = found.row(0, named=True)
    for column, wanted in entry["expect"].items():
        if column not in row:
            raise ManifestError(f"{_name(entry)} expects a column {column} that observations do not have")
        if not _same(row[column], wanted):
            raise ManifestError(f"{_name(entry)} expects {column} {wanted} and finds {row[column]}: mend the entry or take it away")
    done = {
        "source": entry["source"],
        "mention_id": mention_id,
        "action": entry["action"],
        "reason": entry["reason"],
        "before": {},
        "after": {},
    }
    if entry["action"] == "drop":
        return observations.filter(~mine), done
    changes = dict(entry.get("set", {}))
    if "value" in changes:
        changes = {"value_low": changes["value"], "value_high": changes["value"]} | changes
    unknown = [c for c in changes if c not in row]
    if unknown:
        raise ManifestError(f"{_name(entry)} sets a column {unknown[0]} that observations do not have")
    done["before"] = {c: None if row[c] is None else str(row[c]) for c in changes}
    done["after"] = {c: str(v) for c, v in changes.items()}
    note = pl.lit(f"; {'corrected' if changes else 'flagged'}: {entry['reason']}")
    changed = [pl.when(mine).then(_literal(value, observations.schema[c])).otherwise(pl.col(c)).alias(c) for c, value in changes.items()]
    context = pl.when(mine).then(pl.concat_str(pl.col("rule_context").fill_null(""), note)).otherwise("rule_context").alias("rule_context")
    return observations.with_columns(*changed, context), done


def _literal(value: Any, dtype: pl.DataType) -> pl.Expr:
    return pl.lit(Decimal(str(value)) if dtype.is_decimal() else value).cast(dtype)


def _same(found: Any, wanted: Any) -> bool:
    if found is None or isinstance(found, bool):
        return found == wanted or (found is None and wanted == "")
    try:
        return Decimal(str(found)) == Decimal(str(wanted))
    except InvalidOperation:
        return str(found) == str(wanted)


def _name(entry: dict[str, Any]) -> str:
    place = f"at {entry['char_start']}" if "char_start" in entry else f"{entry['surface']} in “{entry['sentence'][:24]}”"
    return f"the correction of {entry['source']}, {place},"
