"""The reader in a browser: details on pointing and by keyboard, filters, the outline, and an anchor to each numeral."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tongbi import quality
from tongbi.settings import Settings

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def page_path(built: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return quality.write_view(built, "青澜区交通运输局/2023年工作总结.txt", tmp_path_factory.mktemp("view") / "page.html")


def test_pointing_at_a_numeral_tells_what_was_read(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    mark = page.locator("main .m.o-Q.k-amount").first
    mark.hover()
    detail = page.locator("#detail")
    expect(detail.get_by_role("heading")).to_have_text(mark.inner_text())
    expect(detail).to_contain_text("obs status")
    expect(detail).to_contain_text("indicator name")
    page.click("#lang")
    expect(detail).to_contain_text("指标名称")


def test_the_keyboard_walks_from_figure_to_figure(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("n")
    second = page.evaluate("document.activeElement.id")
    assert first != second
    assert first.startswith("m-")
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == first
    expect(page.locator(f"[id='{first}']")).to_be_in_viewport()


def test_filters_take_marks_away(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    hidden = page.locator("main .m.o-Q")
    assert hidden.count() > 20
    page.locator("input[data-group=status][value=Q]").uncheck()
    assert page.locator("main .m.o-Q:not(.off)").count() == 0
    page.locator("input[data-group=status][value=Q]").check()
    page.locator("input[data-group=kind][value=count]").uncheck()
    assert page.locator("main .m.k-count.k-count:not(.off):not(.k-amount):not(.k-percentage):not(.k-ranking)").count() == 0
    assert page.locator("main .m.k-amount:not(.off)").count() > 0


def test_the_outline_leads_to_its_section(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    page.locator("nav li.l1 a").last.click()
    target = page.evaluate("location.hash.slice(1)")
    expect(page.locator(f"[id='{target}']")).to_be_in_viewport()


def test_redacted_figures_look_different(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    style = page.locator("main .m.o-Q").first.evaluate(
        "node => getComputedStyle(node).backgroundImage + getComputedStyle(node).outlineStyle"
    )
    assert "gradient" in style
    assert "dashed" in style


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_no_width_scrolls_sideways(visit: Visit, page_path: Path, width: int) -> None:
    assert visit(page_path, width=width).evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True])
def test_an_accessibility_scan_finds_nothing_serious(visit: Visit, page_path: Path, axe: Path, dark: bool) -> None:
    found = visit(page_path, dark=dark, script=axe).evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")] == []
