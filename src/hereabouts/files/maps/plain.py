"""Descriptions in HTML as plain text.

Not by Python's own parser, which needs minutes for some texts of a few thousand characters: here
the time grows with the length and no faster, whatever the text (docs/decisions/0005).
"""

import re
from collections.abc import Iterator
from html import unescape

# Begin a new line, or two.
BREAKS = frozenset({"br", "div", "tr", "li", "h1", "h2", "h3", "h4", "p", "ul", "ol", "table"})
# Not for people to read.
SILENT = frozenset({"script", "style", "head", "title", "template"})
TAG = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|li|ol|p|span|strong|table|td|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# What follows a "<" that begins a tag or says what the file is, as far as the next ">".
IN_TAG = re.compile(r"(?:(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b|[!?])[^>]*>", re.IGNORECASE)


def as_plain(text: str) -> str:
    """What a browser shows of `text`, which is HTML; two paragraphs have an empty line between."""
    words = "".join(_words(_without_remarks(text)))
    lines = [" ".join(line.split()) for line in unescape(words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_tags(text: str) -> str:
    """`text`, which is not HTML but may have tags in it all the same."""
    return as_plain(text) if TAG.search(text) else text.strip()


def _without_remarks(text: str) -> str:
    """`text` without <!-- what its writer remarked -->; one that does not end goes to the end."""
    first, *remarked = text.split("<!--")
    return "".join([first, *(piece.partition("-->")[2] for piece in remarked)])


def _words(text: str) -> Iterator[str]:
    """The words between the tags, and the line breaks that tags mean."""
    first, *pieces = text.split("<")
    yield first
    silent = ""
    for piece in pieces:
        tag = IN_TAG.match(piece)
        name = (tag["name"] or "").lower() if tag else ""
        is_end = tag is not None and bool(tag["end"])
        if silent and not (is_end and name == silent):
            continue
        silent = name if name in SILENT and not is_end else ""
        if name in BREAKS:
            yield "\n"
        if not silent:
            yield piece[tag.end() :] if tag else f"<{piece}"
