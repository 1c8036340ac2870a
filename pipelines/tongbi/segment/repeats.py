"""Text that a file holds more than once, as saved pages do: the later copies are no reports of their own."""

from __future__ import annotations

LONG = 30  # code points that make a line worth comparing
GAP = 300  # code points of new text between two repeats that do not part them


def long_lines(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Lines of a span with at least LONG code points without blanks: (start, end, squeezed line)."""
    out = []
    position = start
    for line in text[start:end].split("\n"):
        key = "".join(line.split()).replace("<U+00A0>", "")
        if len(key) >= LONG:
            out.append((position, position + len(line), key))
        position += len(line) + 1
    return out


def repeated(text: str, spans: list[tuple[int, int]]) -> list[bool]:
    """For each span, whether nearly all of its long lines stood before in the text."""
    seen: set[str] = set()
    out = []
    for start, end in spans:
        lines = long_lines(text, start, end)
        again = sum(len(key) for _, _, key in lines if key in seen)
        out.append(bool(lines) and bool(seen) and again >= 0.8 * sum(len(key) for _, _, key in lines))
        seen.update(key for _, _, key in lines)
    return out


def repeated_spans(text: str, start: int, end: int, least: float = 0.3) -> list[tuple[int, int]]:
    """Stretches of a document in which every long line stood before, if they make up `least` of it or more."""
    seen: set[str] = set()
    flags = []
    for a, b, key in long_lines(text, start, end):
        flags.append((a, b, key in seen, len(key)))
        seen.add(key)
    again = sum(n for *_, is_again, n in flags if is_again)
    if not flags or again < least * sum(n for *_, n in flags):
        return []
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    last_new = start
    for a, b, is_again, _ in flags:
        if is_again and opened is None:
            opened = last_new
        elif not is_again:
            if opened is not None:
                spans.append((opened, a))
                opened = None
            last_new = min(b + 1, end)
    if opened is not None:
        spans.append((opened, end))
    joined: list[tuple[int, int]] = []
    for a, b in spans:
        if joined and a - joined[-1][1] <= GAP:
            joined[-1] = (joined[-1][0], b)
        elif b > a:
            joined.append((a, b))
    return joined
