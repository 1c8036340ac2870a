"""Tongbi (同比): the figures in Chinese government reports, as a warehouse that compares year over year in SQL.

`tongbi.extract(text)` gives the numerals of one text; `tongbi.connect()` opens a built warehouse. Both load on first use.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tongbi.single import extract as extract
    from tongbi.warehouse import connect as connect

__all__ = ["connect", "extract"]


class _Tongbi(ModuleType):
    """This package; `extract` is the function although a sub-package has the same name."""

    @property
    def extract(self) -> Any:
        return import_module("tongbi.single").extract

    @extract.setter
    def extract(self, _submodule: object) -> None:
        """Importing the sub-package would put it here; it stays reachable as `from tongbi.extract import …`."""

    @property
    def connect(self) -> Any:
        return import_module("tongbi.warehouse.connect").connect


sys.modules[__name__].__class__ = _Tongbi
