"""Web pages -> their visible text, with navigation and page furniture told apart."""

from __future__ import annotations

import email
import email.policy
import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tongbi.errors import InputError
from tongbi.ingest.decode import decode
from tongbi.ingest.reading import ReadText

BLOCKS = {"p", "div", "br", "tr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "header", "footer",
          "nav", "aside", "title", "blockquote", "pre", "dd", "dt", "dl", "form", "center", "hr", "main", "body", "head", "td0"}  # fmt: skip
SILENT = {"script", "style", "noscript", "template", "iframe", "object", "svg", "select", "option", "textarea", "head"}
FURNITURE = {"nav", "header", "footer", "aside", "form", "button"}
FURNITURE_NAME = re.compile(r"(?:^|[\s_-])(?:nav|menu|breadcrumb|crumb|footer|foot|header|head|top|toolbar|share|sidebar|side|copyright|links?|search|print|close|pager|page|location|position|weizhi|daohang)(?:$|[\s_-])", re.I)
SPACES = re.compile(r"[ \t\r\n\f]+")
JSP = re.compile(r"<%.*?%>", re.S)
MAX_DEPTH = 400


def read_html(data: bytes, suffix: str = ".html") -> ReadText:
    """The bytes of a page -> its visible text. Scripts, markup and comments are never text."""
    if suffix in (".mht", ".mhtml"):
        source, encoding = _archived(data)
    else:
        source, encoding = decode(data, html=True)
    if suffix in (".jsp", ".asp", ".aspx", ".php"):
        source = JSP.sub("", source)
    tree = LexborHTMLParser(source)
    if tree.body is None:
        raise InputError("the page has no body: save it again from the browser")
    writer = Writer()
    writer.walk(tree.body, False)
    text, spans = writer.finish()
    return ReadText(text, encoding, "html", spans)


def _archived(data: bytes) -> tuple[str, str]:
    """The page inside an .mht archive."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return decode(content, html=True)
    raise InputError("the web archive holds no page: save the page as .html")


class Writer:
    """Text in reading order, one block a line; spans of furniture are kept as they come."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.at_line = True
        self.spans: list[tuple[int, int]] = []

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
            if tag in SILENT or tag.startswith(("_", "-", "!")):
                continue
            inside = inside or tag in FURNITURE or bool(FURNITURE_NAME.search(f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"))
            if tag in BLOCKS:
                self.line()
            stack.append((node, inside, True))
            children = list(node.iter(include_text=True))
            stack += [(child, inside, False) for child in reversed(children)]

    def words(self, text: str, furniture: bool) -> None:
        text = SPACES.sub(" ", text)
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
