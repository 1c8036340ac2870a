"""The quality report in a browser: opens from disk without a network, and everything on it works."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from made import hostile_warehouse, large_warehouse
from playwright.sync_api import Page, expect

from tongbi import quality
from tongbi.settings import Settings

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def page_path(built: Settings) -> Path:
    return quality.write_report(built)[0]


def rows(page: Page, table: str) -> int:
    return page.locator(f"#{table} tbody tr").count()


def test_it_opens_at_once_and_fetches_nothing(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.reload()
    assert [url for url in requested if not url.startswith(("file:", "data:"))] == []
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert loaded < 1000
    expect(page.get_by_role("heading", level=1)).to_contain_text("Data quality")
    assert rows(page, "checks-table") == 25


def test_a_filter_leaves_what_it_says(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    page.select_option("#checks-table select[data-filter=status]", "warn")
    badges = page.locator("#checks-table tbody .badge").all_inner_texts()
    assert badges
    assert set(badges) == {"! warning"}
    page.fill("#checks-table input[type=search]", "stated_growth")
    assert page.locator("#checks-table tbody tr").get_attribute("data-id") == "stated_growth_agrees_with_levels"
    page.fill("#checks-table input[type=search]", "no such check")
    assert rows(page, "checks-table") == 0


def test_columns_sort_both_ways(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    head = page.locator("#checks-table th[data-key=rows_tested]")
    cells = page.locator("#checks-table tbody td[data-label=Tested]")
    head.get_by_role("button").click()
    down = [int(text.replace(",", "")) for text in cells.all_inner_texts()]
    assert down == sorted(down, reverse=True)
    assert head.get_attribute("aria-sort") == "descending"
    head.get_by_role("button").click()
    up = [int(text.replace(",", "")) for text in cells.all_inner_texts()]
    assert up == sorted(up)


def test_pages_turn(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    first = page.locator("#checks-table tbody tr").first.get_attribute("data-id")
    page.locator("#checks-table .pager button").nth(1).click()
    assert page.locator("#checks-table tbody tr").first.get_attribute("data-id") != first
    expect(page.locator("#checks-table .count")).to_contain_text("26–50")
    page.locator("#checks-table .pager button").nth(0).click()
    assert page.locator("#checks-table tbody tr").first.get_attribute("data-id") == first


def test_the_language_switches_everywhere_and_is_remembered(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    page.click("#lang")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(page.get_by_role("heading", level=1)).to_contain_text("数据仓库质量报告")
    expect(page.locator("#checks-table th").first).to_contain_text("结果")
    assert page.locator("#checks .en").first.is_hidden()
    assert "数据质量" in page.title()
    page.click("#lang")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_it_greets_a_chinese_browser_in_chinese(visit: Visit, page_path: Path) -> None:
    expect(visit(page_path, locale="zh-CN").get_by_role("heading", level=1)).to_contain_text("数据仓库质量报告")


def background(page: Page) -> tuple[int, ...]:
    return tuple(page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")[:3])


def test_light_and_dark(visit: Visit, page_path: Path) -> None:
    assert min(background(visit(page_path))) > 200
    page = visit(page_path, dark=True)
    assert max(background(page)) < 60
    page.click("#theme")
    assert min(background(page)) > 200


def test_from_a_check_to_its_rows_to_the_highlighted_sentence(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    page.locator("#checks-table tr[data-id=stated_growth_agrees_with_levels] button.rows").click()
    row = page.locator("#failures-table tbody tr")
    assert row.count() == 1
    assert row.locator("mark").inner_text() == "6.8%"
    row.locator("a.open").click()
    page.wait_for_url("**/view/*.html#m-*")
    shown = page.locator(".m.on")
    assert shown.inner_text() == "6.8%"
    expect(shown).to_be_in_viewport()
    expect(page.locator("#detail")).to_contain_text("yoy")


@pytest.mark.parametrize("width", [1440, 768, 390])
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_no_width_scrolls_sideways(visit: Visit, page_path: Path, width: int, locale: str) -> None:
    page = visit(page_path, width=width, locale=locale)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_matrix_marks_redacted_years(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    page.select_option("#matrix-table select[data-filter=organisation]", "青澜区交通运输局")
    assert page.locator("#matrix-table .c3").count() > 3
    assert page.locator("#matrix-table .c3").first.get_attribute("aria-label") == "redacted"


def test_it_works_by_keyboard(visit: Visit, page_path: Path) -> None:
    page = visit(page_path)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#checks-table th[data-key=rows_failed] button").focus()
    page.keyboard.press("Enter")
    assert page.locator("#checks-table th[data-key=rows_failed]").get_attribute("aria-sort") == "descending"


def test_it_prints(visit: Visit, page_path: Path, tmp_path: Path) -> None:
    page = visit(page_path)
    page.emulate_media(media="print")
    assert page.locator("nav.bar").is_hidden()
    assert page.locator("#checks-table .controls").is_hidden()
    page.pdf(path=str(tmp_path / "report.pdf"))
    assert (tmp_path / "report.pdf").stat().st_size > 20_000


@pytest.mark.parametrize(("dark", "locale", "width"), [(False, "en-US", 1440), (True, "zh-CN", 1440), (False, "zh-CN", 390)])
def test_an_accessibility_scan_finds_nothing_serious(visit: Visit, page_path: Path, axe: Path, dark: bool, locale: str, width: int) -> None:
    assert serious(visit(page_path, dark=dark, locale=locale, width=width, script=axe)) == []


def serious(page: Page) -> list[str]:
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")]


def test_five_thousand_checks_do_not_freeze_it(visit: Visit, built: Settings, tmp_path: Path) -> None:
    page = visit(quality.write_report(large_warehouse(built, tmp_path))[0])
    start = time.perf_counter()
    page.fill("#checks-table input[type=search]", "made.4")
    page.locator("#checks-table th[data-key=rows_failed] button").click()
    page.locator("#failures-table th[data-key=detail] button").click()
    page.locator("#failures-table .pager button").nth(1).click()
    assert time.perf_counter() - start < 2
    expect(page.locator("#failures")).to_contain_text("more rows are not shown here")


def test_a_report_cannot_take_the_page_over(visit: Visit, tmp_path: Path) -> None:
    settings = hostile_warehouse(tmp_path)
    page = visit(quality.write_report(settings)[0])
    assert page.evaluate("document.body.dataset.owned") is None
    assert page.locator("img").count() == 0
    expect(page.locator("#sources-table")).to_contain_text("坏'\"<b>.docx")
    page = visit(quality.write_view(settings, "2023年<img src=x onerror=alert(1)>.txt", tmp_path / "view.html"))
    assert page.evaluate("document.body.dataset.owned") is None
    assert page.locator("img").count() == 0
    expect(page.locator("main")).to_contain_text('<script>document.body.dataset.owned = "1"</script></style></script>')
