"""A file of any kind -> its text, or one plain reason why not; files packed into shards.

What belongs here: bytes, encodings, formats, duplicates of files. What does not: what the text means.
"""

from tongbi.ingest.pack import Packed, pack, read_texts
from tongbi.ingest.reading import ReadText, read_text

__all__ = ["Packed", "ReadText", "pack", "read_text", "read_texts"]
