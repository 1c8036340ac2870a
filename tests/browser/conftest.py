"""A real browser for the pages: Debian's chromium, driven by Playwright with the network off. Tests skip where it is absent."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = "axe-core@4.10.3"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless; `tests/browser/install.sh` installs it on Debian."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("needs chromium, which is not installed: run tests/browser/install.sh as root on Debian or Ubuntu")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page from disk, offline; any message of level error or any exception in the page fails the test at its end."""
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def go(path: Path, width: int = 1440, height: int = 900, locale: str = "en-US", dark: bool = False, script: Path | None = None) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=locale, offline=True, color_scheme="dark" if dark else "light"
        )
        opened.append(context)
        if script:
            context.add_init_script(path=script)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield go
    for context in opened:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def axe() -> Path:
    """The accessibility scanner, fetched by npm once and kept outside the project; skips where npm cannot."""
    folder = Path(tempfile.gettempdir()) / "tongbi-axe"
    script = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        if shutil.which("npm") is None:
            pytest.skip("needs npm to fetch axe-core, which is not installed")
        try:
            command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), AXE]
            subprocess.run(command, check=True, capture_output=True, timeout=90)
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"axe-core could not be fetched by npm ({type(error).__name__})")
    return script
