"""Names -> organisations, indicators and periods that join across years.

What belongs here: identity, and the data it rests on. What does not: reading text, tables on disk, SQL.
"""

from tongbi.resolve.catalogue import catalogue
from tongbi.resolve.identity import Match, derived, identify, match, nearest
from tongbi.resolve.organisations import organisations
from tongbi.resolve.regions import regions
from tongbi.resolve.review import accept, review

__all__ = ["Match", "accept", "catalogue", "derived", "identify", "match", "nearest", "organisations", "regions", "review"]
