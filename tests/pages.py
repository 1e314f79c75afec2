"""Pages as their readers have them: a test names what it looks for, not the HTML around it.

page = FinderPage.get(client, "/find/?near=NG20+8PA&level=GREEN")

assert page.names == ["Gentle moves", "Sit and stretch"]
assert "Step-free way in" in page.chips
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, Self

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from django.test import Client

# What a browser does not show as words.
UNSEEN = {"head", "title", "script", "style", "svg", "template"}
# What stands inside a line of words: no space belongs around it.
INLINE = {"a", "abbr", "b", "code", "em", "i", "small", "span", "strong"}


class Answer(Protocol):
    """A response of the test client, as far as pages read it."""

    @property
    def status_code(self) -> int: ...

    @property
    def content(self) -> bytes: ...


class Part:
    """A part of a page."""

    def __init__(self, tag: Tag) -> None:
        self.tag = tag

    @property
    def text(self) -> str:
        """The words as a reader sees them, with single spaces."""
        return " ".join("".join(_words(self.tag)).split())

    @property
    def links(self) -> list[str]:
        """Where its links lead to, in order."""
        return [str(link["href"]) for link in self.tag.select("a[href]")]

    @property
    def ticked(self) -> set[str]:
        """The ids of the boxes that are ticked."""
        return {str(box.get("id")) for box in self.tag.select("input[checked]")}

    def part(self, selector: str) -> "Part":
        """The one part that the CSS selector finds."""
        (found,) = self.parts(selector)
        return found

    def parts(self, selector: str) -> list["Part"]:
        """Every part that the CSS selector finds, in order; `[]` where there is none."""
        return [Part(tag) for tag in self.tag.select(selector)]

    def value(self, name: str) -> str:
        """What stands in the field of that name."""
        return str(self.part(f'[name="{name}"]').tag.get("value", ""))


class Page(Part):
    """A page, from the response that brought it."""

    def __init__(self, response: Answer) -> None:
        self.status = response.status_code
        self.html = response.content.decode()
        super().__init__(BeautifulSoup(self.html, "html.parser"))

    @classmethod
    def get(
        cls,
        client: Client,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Self:
        """The page at that URL, which must answer with `status`."""
        page = cls(client.get(url, headers=headers))
        assert page.status == status, url
        return page

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return Part(self.tag.select("title")[0]).text

    @property
    def heading(self) -> str:
        """Its h1."""
        return self.part("h1").text

    @property
    def phones(self) -> set[str]:
        """The numbers that a press would ring."""
        return {link for link in self.links if link.startswith("tel:")}

    @property
    def problems(self) -> list[str]:
        """What the box at the top of a page says is wrong; `[]` where nothing is."""
        return [problem.text for problem in self.parts(".error-summary li")]


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One box of the finder's filters."""

    name: str
    value: str
    is_radio: bool
    is_on: bool
    # How many the page says that ticking it would leave.
    count: int


class FinderPage(Page):
    """The finder: its results, what narrows them, and what an empty page offers."""

    @property
    def names(self) -> list[str]:
        """The names on the cards, in order."""
        return [name.text for name in self.parts(".card__title")]

    @property
    def total(self) -> int:
        """How many the page says that there are."""
        counted = re.search(r"(\d+) activit(?:y|ies) within", self.part("#summary").text)
        return int(counted[1]) if counted else 0

    @property
    def chips(self) -> Mapping[str, str]:
        """The filters that are on: label → where taking it off leads to."""
        return {
            # Without the ", take off" that screen readers say.
            next(chip.stripped_strings): str(chip["href"])
            for chip in self.tag.select("a.chip")
        }

    @property
    def options(self) -> list[Option]:
        """Every box of the filters that says how many it would leave."""
        return [
            Option(
                name=str(box["name"]),
                value=str(box["value"]),
                is_radio=box["type"] == "radio",
                is_on=box.has_attr("checked"),
                count=int(count.text.strip("()")),
            )
            for label in self.parts("#filters label.choice")
            for box in label.tag.select("input")
            for count in label.parts(".choice__count")
        ]

    @property
    def changes(self) -> Mapping[str, tuple[int, str]]:
        """What an empty page offers: its words → how many that gives, and its URL."""
        return {
            Part(link.select("span")[0]).text: (
                int(Part(link.select(".tag")[0]).text.split()[0]),
                str(link["href"]),
            )
            for link in self.tag.select("#results .optionlist a")
        }

    @property
    def exports(self) -> list[str]:
        """Where the list is as a file."""
        return [link for link in self.links if link.startswith("/find/export.")]

    def filter(self, name: str) -> Part:
        """What stands in one filter, closed or open."""
        return self.part(f"#filter-{name}-options")


class PrintedPage(Page):
    """The finder's results on paper."""

    @property
    def names(self) -> list[str]:
        """What is on the list, in order."""
        return [name.text for name in self.parts(".paper__list h2")]


class ActivityPage(Page):
    """The page of one activity."""

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What stands beside each label, as one line of words: "Cost" → "£3. Free for: carers."."""
        return {
            Part(row.select("dt")[0]).text: " ".join(Part(fact).text for fact in row.select("dd"))
            for row in self.tag.select(".facts > div")
        }

    @property
    def for_whom(self) -> str:
        """What stands below "Is it for me?"."""
        (heading,) = [tag for tag in self.tag.select("h2") if tag.text == "Is it for me?"]
        below = heading.find_next_sibling("div")
        assert isinstance(below, Tag)
        return Part(below).text

    @property
    def contacts(self) -> list[str]:
        """Whom one can ask, the first one first: "The venue", "Who runs it"."""
        return [label.text for label in self.parts(".facts--side dt")]

    @property
    def similar(self) -> list[str]:
        """The names of those that are like it, near there."""
        return [name.text for name in self.parts(".similar a")]

    @property
    def event(self) -> Any:
        """What search engines are told, or None."""
        scripts = self.tag.select('script[type="application/ld+json"]')
        return json.loads(str(scripts[0].string)) if scripts else None

    @property
    def main(self) -> Part:
        """Its main part, without contacts and map."""
        return self.part(".activity")


class StaffPage(Page):
    """A page of the back office."""

    @property
    def differences(self) -> Mapping[str, tuple[str, str]]:
        """Where two edited at once: field → what was saved meanwhile, and what was typed here."""
        return {
            Part(row.select("th")[0]).text: (
                Part(row.select("td")[0]).text,
                Part(row.select("td")[1]).text,
            )
            for row in self.tag.select(".hereabouts-conflict tbody tr")
        }


def _words(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name not in UNSEEN and not child.has_attr("hidden"):
                gap = "" if child.name in INLINE else " "
                yield from (gap, *_words(child), gap)
        # Comments and the like are subclasses.
        elif type(child) is NavigableString:
            yield str(child)
