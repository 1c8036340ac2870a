"""Outline -> mentions -> observations: Polars expressions over windows of text, no input or output.

What belongs here: reading numerals, masks, units and their context. What does not: files, tables, identity over years.
"""

from tongbi.extract.ledger import mentions
from tongbi.extract.observe import observations
from tongbi.extract.places import written

__all__ = ["mentions", "observations", "written"]
