"""Text to reports and reports to outline: what the parts of a text are, never what its figures mean."""

from tongbi.segment.outline import sections
from tongbi.segment.split import declared_reports, documents

__all__ = ["declared_reports", "documents", "sections"]
