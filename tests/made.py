"""Warehouses made for tests of pages: one of a report that tries to take the page over, one with a very large quality record."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb

from tongbi import run
from tongbi.settings import Settings

HOSTILE = (
    "溪口镇2023年工作总结\n"
    '<script>document.body.dataset.owned = "1"</script></style></script>"><img src=x onerror="document.body.dataset.owned = 2">\n'
    '一、主要工作\n全年完成投资3.5亿元，同比增长4.2%；\u202e倒写\u202c<b>新建</b>公路12公里，‘引号’与"引号"&amp;各2处；`{{ 7 * 7 }}`共5项。\n'
)


def hostile_warehouse(root: Path) -> Settings:
    """A warehouse of one report that tries to take over the page, and a file that cannot be read with such a name."""
    (root / "raw" / "批次").mkdir(parents=True)
    (root / "raw" / "批次" / "2023年<img src=x onerror=alert(1)>.txt").write_text(HOSTILE, encoding="utf-8")
    (root / "raw" / "批次" / "坏'\"<b>.docx").write_bytes(b"PK\x03\x04 cut")
    settings = Settings.default(root / "raw", root / "warehouse", workers=1)
    came = run.build(settings)
    assert came.error is None, came.error
    return settings


def large_warehouse(built: Settings, folder: Path) -> Settings:
    """The demonstration warehouse with a record of 5,000 checks and 100,000 failing rows."""
    settings = replace(built, warehouse_dir=folder)
    shutil.copy(built.database, settings.database)
    with duckdb.connect(str(settings.database)) as con:
        con.execute(
            "insert into quality.checks by name select c.* exclude (check_id, status, rows_failed), 'made.' || n as check_id, if(n % 10 = 0, 'warn', 'pass') as status, "
            "if(n % 10 = 0, 200, 0) as rows_failed from (select * from quality.checks where severity = 'warn' limit 1) as c, range(5000) as r(n)"
        )
        con.execute(
            "insert into quality.failures by name select (select run_id from quality.runs) as run_id, 'made.' || (n % 500) * 10 as check_id, m.mention_id || '#1' as row_key, "
            "m.surface as value, 'made for a test' as detail, '测试' as detail_zh from range(100000) as r(n) join "
            "(select *, row_number() over (order by mention_id) - 1 as i from core.mentions) as m on m.i = n % (select count(*) from core.mentions)"
        )
    return settings
