"""Web pages -> their visible text, with navigation and page furniture told apart."""

from __future__ import annotations

import email
import email.policy
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tongbi.errors import InputError
from tongbi.ingest import tables
from tongbi.ingest.decode import decode
from tongbi.ingest.reading import ReadText

BLOCKS = {"p", "div", "br", "tr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "section", "article", "header", "footer",
          "nav", "aside", "title", "blockquote", "pre", "dd", "dt", "dl", "form", "center", "hr", "main", "body", "head"}  # fmt: skip
SILENT = {"script", "style", "noscript", "template", "iframe", "object", "svg", "select", "option", "textarea", "head", "title"}
FURNITURE = {"nav", "header", "footer", "aside", "form", "button"}
FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumb|crumb|footer|foot|header|head|top|bottom|toolbar|tools?|share|sidebar|side|left|right|copyright|links?"
    r"|search|print|close|pager?|paging|location|position|weizhi|daohang|banner|qrcode|related|recommend)(?:$|[\s_-])",
    re.I,
)
SPACES = re.compile(r"[ \t\r\n\f]+")
SERVER_TAGS = (":param", ":set", ":import", ":include")  # of a page not yet run
SERVER = re.compile(r"<%.*?%>", re.S)
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)")
SCRIPT_END = re.compile("</script>?", re.I)
# Elements that hold nothing, or that end where the next of them begins.
FLAT = {"br", "img", "input", "hr", "meta", "link", "col", "area", "base", "wbr", "source", "param", "p", "li", "td", "th", "tr", "dd", "dt", "option",
        "tbody", "thead", "tfoot", "colgroup", "html", "head", "body"}  # fmt: skip
DEEPEST = 2000
PROSE = 0.3  # the share of a page's full stops that no furniture has
PATIENCE = 20  # how many times its own length may be looked through for full stops


def read_html(data: bytes, suffix: str = ".html") -> ReadText:
    """The bytes of a page -> its visible text. Scripts, markup and comments are never text."""
    if suffix in (".mht", ".mhtml"):
        source, encoding = _archived(data)
    else:
        source, encoding = decode(data, html=True)
    if suffix in (".jsp", ".asp", ".aspx", ".php"):
        source = SERVER.sub("", source)
    if depth(source) > DEEPEST:
        raise InputError(
            f"the page nests more than {DEEPEST:,} elements, which no report does: save it again from the browser, or its text as .txt"
        )
    tree = LexborHTMLParser(source)
    if tree.body is None:
        raise InputError("the page has no body: save it again from the browser")
    writer = Writer(tree.body)
    writer.walk(tree.body, False)
    text, spans = writer.finish()
    return ReadText(text, encoding, "html", spans)


def depth(source: str) -> int:
    """How deep elements nest, about: parsing takes the square of it, so that it is looked at before."""
    deepest = now = skip = 0
    for tag in TAG.finditer(source):
        name = tag[2].lower()
        if tag.start() < skip or name in FLAT:
            continue
        if name == "script" and not tag[1]:  # what a script writes is not nested here
            end = SCRIPT_END.search(source, tag.end())
            if end is None:
                break
            skip = end.end()
            continue
        now = max(0, now - 1) if tag[1] else now + 1
        deepest = max(deepest, now)
    return deepest


def _archived(data: bytes) -> tuple[str, str]:
    """The page inside an .mht archive."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return decode(content, html=True)
    raise InputError("the web archive holds no page: save the page as .html")


def _innermost(body: LexborNode) -> set[int]:
    """The tables that hold no other table."""
    every = body.css("table")
    outer: set[int] = set()
    for table in every:
        node = table.parent
        while node is not None and node.mem_id not in outer:
            outer.add(node.mem_id)
            node = node.parent
    return {table.mem_id for table in every} - outer


class Writer:
    """Text in reading order, one block a line; spans of furniture are kept as they come."""

    def __init__(self, body: LexborNode | None = None) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.at_line = True
        self.spans: list[tuple[int, int]] = []
        self.tables = _innermost(body) if body is not None else set()
        whole = body.text(deep=True) if body is not None else ""
        self.stops = whole.count("。")
        self.patience = PATIENCE * len(whole)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        self.at_line = text.endswith("\n")

    def line(self) -> None:
        if not self.at_line:
            self.put("\n")

    def walk(self, root: LexborNode, furniture: bool) -> None:
        """Depth first without recursion: pages may nest as deep as they like."""
        stack: list[tuple[LexborNode, bool, bool]] = [(root, furniture, False)]
        while stack:
            node, inside, leaving = stack.pop()
            tag = node.tag or ""
            if leaving:
                if tag in BLOCKS:
                    self.line()
                elif tag in ("td", "th"):
                    self.put("\t")
                continue
            if tag == "-text":
                self.words(node.text_content or "", inside)
                continue
            if tag in SILENT or tag.startswith(("_", "-", "!")) or tag.endswith(SERVER_TAGS):
                continue
            inside = inside or self.furniture(node, tag)
            if tag in BLOCKS:
                self.line()
            if node.mem_id in self.tables and self.table(node, inside):
                continue
            stack.append((node, inside, True))
            children = list(node.iter(include_text=True))
            stack += [(child, inside, False) for child in reversed(children)]

    def furniture(self, node: LexborNode, tag: str) -> bool:
        """Whether an element is named as furniture and does not hold the page's prose (some wrap it all in a form)."""
        if tag == "body":
            return False
        if tag not in FURNITURE:
            names = node.attributes
            if not FURNITURE_NAME.search(f"{names.get('class') or ''} {names.get('id') or ''}"):
                return False
        if self.stops < 3 or self.patience <= 0:
            return True
        words = node.text(deep=True)
        self.patience -= len(words)
        return words.count("。") <= PROSE * self.stops

    def table(self, node: LexborNode, inside: bool) -> bool:
        """Write a table of figures a row a sentence; says whether it was one."""
        rows = [[_cell(c) for c in row.iter() if c.tag in ("td", "th")] for row in node.css("tr")]
        if not tables.is_figures(rows):
            return False
        before = "".join(self.parts[-6:])[-60:]
        caption = tables.unit_of(before.rstrip().rsplit("\n", 1)[-1])
        for line in tables.render(rows, caption):
            self.words(line, inside)
            self.line()
        return True

    def words(self, text: str, furniture: bool) -> None:
        text = SPACES.sub(" ", text) if "\t" not in text or "\n" in text else text
        if self.at_line:
            text = text.lstrip(" ")
        if not text:
            return
        start = self.length
        self.put(text)
        if furniture:
            self.spans.append((start, self.length))

    def finish(self) -> tuple[str, list[tuple[int, int]]]:
        """The text, and neighbouring spans joined over white space."""
        text = "".join(self.parts)
        joined: list[tuple[int, int]] = []
        for start, end in self.spans:
            if joined and not text[joined[-1][1] : start].strip():
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return text, joined


def _cell(node: LexborNode) -> tables.Cell:
    inner = Writer()
    inner.walk(node, False)
    return tables.Cell("".join(inner.parts), _span(node, "colspan"), _span(node, "rowspan"))


def _span(node: LexborNode, name: str) -> int:
    written = node.attributes.get(name) or ""
    return int(written) if written.isdigit() and len(written) < 6 else 1
