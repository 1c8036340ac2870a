"""A red run teaches: five mistakes that an office clerk might make, each found and explained in a sentence to act on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tongbi import run
from tongbi.settings import Settings
from tongbi.warehouse import connect

RAW = Path(__file__).parents[1] / "raw"
Said = dict[str, list[tuple[str, str]]]


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Said:
    """Details of failing rows by check, in both languages, of the demonstration corpus with five mistakes in it."""
    root = tmp_path_factory.mktemp("clerk")
    shutil.copytree(RAW, root / "raw")
    raw = root / "raw"
    # wrong encoding: saved as UTF-8, read as GB18030 by an old editor, saved again
    garbled = raw / "枫屿县禾岭乡/2024年工作总结.txt"
    garbled.write_text(garbled.read_bytes().decode("gb18030", errors="replace"), encoding="utf-8")
    # merged reports: the body of another year pasted below, without its title
    second = (raw / "青澜区交通运输局/2022年工作总结.txt").read_text(encoding="utf-8").split("\n", 2)[2]
    edit(raw / "青澜区交通运输局/2024年工作总结.txt", lambda text: text + "\n" + second[second.index("一、") :])
    # a missing year: the report of 2023 was never handed in
    (raw / "枫屿县人民政府/2024年政府工作报告.txt").unlink()
    # a pasted table: cells between tabs, units lost
    rows = "\n".join(("项目\t2022年\t2023年", "道路清扫\t186\t205", "绿化养护\t92.4\t97.1", "公厕管理\t38\t42", "违建拆除\t4.1\t3.6"))
    edit(raw / "枫屿县城市管理局/2023年工作总结.txt", lambda text: text.replace("\n", "\n" + rows + "\n", 2))
    # a wrong growth: planted in the corpus itself, 4.62万吨 to 4.86万吨 called 6.8%
    settings = Settings.default(raw, root / "warehouse", workers=1)
    came = run.build(settings)
    assert came.error is None, came.error  # one bad report never stops the others
    found: Said = {}
    with connect(settings.warehouse_dir) as con:
        for check_id, detail, detail_zh in con.execute(
            "select check_id, detail, detail_zh from quality.failures where detail is not null"
        ).fetchall():
            found.setdefault(check_id, []).append((detail, detail_zh or ""))
    return found


@pytest.mark.parametrize(
    ("check_id", "names", "does", "does_zh"),
    [
        pytest.param("texts_read_as_chinese", "枫屿县禾岭乡/2024年工作总结.txt", "save it as UTF-8", "另存为 UTF-8", id="wrong encoding"),
        pytest.param(
            "outlines_do_not_restart", "青澜区交通运输局/2024年工作总结.txt", "title of the second", "标题单独成行", id="merged reports"
        ),
        pytest.param("years_have_no_gap", "枫屿县人民政府", "Add the missing report", "缺的报告放入", id="missing year"),
        pytest.param(
            "tables_keep_their_columns", "枫屿县城市管理局/2023年工作总结.txt", "as .docx or .html", "提交带表格的", id="pasted table"
        ),
        pytest.param(
            "stated_growth_agrees_with_levels",
            "清运生活垃圾",
            "correct the rate or one of the two levels",
            "请更正增速或数值",
            id="wrong growth",
        ),
    ],
)
def test_a_mistake_is_found_and_explained(said: Said, check_id: str, names: str, does: str, does_zh: str) -> None:
    about = [(en, zh) for en, zh in said.get(check_id, []) if names in en]
    assert about, (check_id, said.get(check_id))
    assert does in about[0][0]
    assert does_zh in about[0][1]
