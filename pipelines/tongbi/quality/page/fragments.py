"""Parts of the page that libraries draw: a chart (Altair, to SVG) and tables (great-tables). Kept beside the report and drawn anew only when
what they show changes, because drawing takes longer than all the rest of the page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
from markupsafe import Markup

from tongbi.validate.codes import KINDS

COLOURS = {"stated": "#2f7d4f", "redacted": "#b8860b", "planned": "#3b6fb5", "expected": "#7d5ba6"}
ZH = {"stated": "已写明", "redacted": "隐去", "planned": "计划", "expected": "预计"}
KIND_ZH = {"count": "数量", "amount": "金额与量", "percentage": "百分比", "ranking": "排名"}
FATES = {"added": ("added", "新增"), "changed": ("changed", "变化"), "removed": ("removed", "消失"), "identical": ("identical", "相同")}
CAUSES = {
    "new_source": ("new file", "新文件"), "removed_source": ("file gone", "文件移除"), "changed_source": ("file changed", "文件改动"), "rules": ("rules", "规则"),
    "code": ("code", "代码"), "catalogue": ("catalogue", "指标目录"), "other": ("manifest, corrections or settings", "清单、更正或设置"),
}  # fmt: skip


class Fragments:
    """A small store of drawn parts, by a hash of what they show and of this file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.used: dict[str, str] = {}
        try:
            self.kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.kept = {}

    def get(self, draw: Callable[[Any], str], shown: Any) -> Markup:
        """What `draw` makes of `shown`, drawn now or kept."""
        key = hashlib.sha256(f"{draw.__name__}\0{_code()}\0{json.dumps(shown, default=str, ensure_ascii=False)}".encode()).hexdigest()[:24]
        self.used[key] = self.kept.get(key) or draw(shown)
        return Markup(self.used[key])

    def text(self) -> str:
        """What to keep for the next time."""
        return json.dumps(self.used, ensure_ascii=False)


def _code() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def years(rows: list[dict[str, Any]]) -> str:
    """Observations by the year they are about and by status, as an SVG; the most recent thirty years."""
    import altair as alt
    import vl_convert

    last = sorted({r["year"] for r in rows})[-30:]
    shown = [r | {"status": f"{r['status']} {ZH[r['status']]}"} for r in rows if r["year"] in last]
    names = [f"{s} {ZH[s]}" for s in COLOURS]
    chart = (
        alt.Chart(pl.DataFrame(shown))
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("n:Q", title="observations 观测值", stack=True),
            color=alt.Color(
                "status:N", title=None, scale=alt.Scale(domain=names, range=list(COLOURS.values())), legend=alt.Legend(orient="top")
            ),
            order=alt.Order("status:N"),
        )
        .properties(width=max(320, min(1060, 64 * len(last))), height=190, background="transparent")
        .configure_view(strokeWidth=0)
        .configure_axis(grid=False, domainColor="#888", tickColor="#888")
    )
    return str(vl_convert.vegalite_to_svg(chart.to_json()))


def gold(numbers: dict[str, dict[str, float | None]]) -> str:
    """Extraction quality by kind: share now, and in points how it moved since the last release. In: `now`, `before`."""
    from great_tables import GT, loc, style

    now, before = numbers["now"], numbers["before"]
    fields = [m.removeprefix("gold.field.") for m in now if m.startswith("gold.field.") and m.count(".") == 2]
    rows = []
    for metric, name in [
        ("precision", "precision 准确率"),
        ("recall", "recall 召回率"),
        ("record", "whole record 整条正确"),
        *((f"field.{f}", f"— {f}") for f in fields),
    ]:
        row: dict[str, str] = {"": name}
        for kind in ("", *KINDS):
            key = f"gold.{metric}" + (f".{kind}" if kind else "")
            row[f"{kind} {KIND_ZH[kind]}" if kind else "all 全部"] = _moved(now.get(key), before.get(key))
        rows.append(row)
    counted = {"": "indicators 指标数"} | {
        (f"{k} {KIND_ZH[k]}" if k else "all 全部"): f"{now.get('gold.indicators' + (f'.{k}' if k else '')) or 0:.0f}" for k in ("", *KINDS)
    }
    frame = pl.DataFrame([counted, *rows])
    table = (
        GT(frame, id="gold").cols_align("right", columns=frame.columns[1:]).tab_style(style.text(weight="bold"), loc.body(rows=[1, 2, 3]))
    )
    return str(table.as_raw_html())


def _moved(now: float | None, before: float | None) -> str:
    if now is None:
        return "–"
    change = "" if before is None or abs(now - before) < 0.0005 else f" ({100 * (now - before):+.1f})"
    return f"{100 * now:.1f} %{change}"


def drift(numbers: dict[str, float | None]) -> str:
    """Rows added, changed, removed and identical, by cause. In: the metrics `drift.…`."""
    from great_tables import GT

    rows = [
        {" ": f"{FATES[fate][0]} {FATES[fate][1]}", "cause 原因": "", "rows 行数": int(numbers.get(f"drift.{fate}") or 0)} for fate in FATES
    ]
    causes = [
        (m.split(".")[1], m.split(".")[2], int(v or 0)) for m, v in sorted(numbers.items()) if m.startswith("drift.") and m.count(".") == 2
    ]
    for fate, cause, n in causes:
        at = next(i for i, r in enumerate(rows) if str(r[" "]).startswith(FATES[fate][0]) and not r["cause 原因"])
        rows.insert(at + 1, {" ": "", "cause 原因": " ".join(CAUSES[cause]), "rows 行数": n})
    return str(GT(pl.DataFrame(rows), id="drifted").fmt_integer("rows 行数").as_raw_html())
