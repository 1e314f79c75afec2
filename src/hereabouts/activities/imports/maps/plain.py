"""Descriptions in HTML as plain text."""

import re
from html.parser import HTMLParser

# Begin a new line, or two.
BREAKS = frozenset({"br", "div", "tr", "li", "h1", "h2", "h3", "h4", "p", "ul", "ol", "table"})
# Not for people to read.
SILENT = frozenset({"script", "style", "head", "title", "template"})
TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|span|strong|table|td|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


class _Words(HTMLParser):
    """Gathers what a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0
        if tag in BREAKS - {"br"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def as_plain(text: str) -> str:
    """What a browser shows of `text`, which is HTML; two paragraphs have an empty line between."""
    words = _Words()
    words.feed(text)
    words.close()
    lines = [" ".join(line.split()) for line in "".join(words.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_tags(text: str) -> str:
    """`text`, which is not HTML but may have tags in it all the same."""
    return as_plain(text) if TAG.search(text) else text.strip()
