"""Pages that are made from the program say what it says now."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    spec = importlib.util.spec_from_file_location("make_docs", ROOT / "docs" / "make.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages(*module.build(tmp_path_factory.mktemp("docs")))


@pytest.mark.parametrize("name", ["README.md", "docs/dictionary.md", "docs/cookbook.md", "docs/commands.md"])
def test_generated_pages_are_fresh(pages: dict[Path, str], name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == pages[ROOT / name], "run `make docs`"


def test_every_question_of_the_readme_has_an_answer(pages: dict[Path, str]) -> None:
    answers = re.findall(r"<!-- answer -->\n\n(.*?)\n\n<!-- end -->", pages[ROOT / "README.md"], re.S)
    assert len(answers) == 6
    assert all(len(answer.splitlines()) >= 3 for answer in answers)


def test_links_in_the_docs_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
