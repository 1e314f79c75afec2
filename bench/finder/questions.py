"""500 questions as people ask them, each with its kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.finder.world import COMMON_WORDS, RARE_WORDS, SEED, rare_word
from hereabouts.places.points import Point

if TYPE_CHECKING:
    from hereabouts.activities.finding.search import Search

QUESTIONS = 500
KINDS = ("near", "level", "when", "several", "words", "soonest")
KIND_SHARES = (0.30, 0.20, 0.15, 0.15, 0.10, 0.10)
MILES = (1, 3, 5, 10, 20, 30)
MILES_SHARES = (0.10, 0.20, 0.35, 0.15, 0.10, 0.10)
SECOND_PAGE = 0.20
PER_PAGE = 20
INNER_CITY = ("EC1", "WC1", "SE1", "E1", "B1", "B5", "M1", "M14", "LS1", "L1", "NG1", "BS1", "S1")

LEVELS = (("RED",), ("ORANGE",), ("GREEN",), ("GREEN", "ORANGE"), ("NONE",))
WHEN: Sequence[Mapping[str, Any]] = (
    {"days": {1}, "parts": {"am"}},
    {"days": {3}},
    {"parts": {"pm"}},
    {"days": {0, 2, 4}, "parts": {"am", "pm"}},
    {"days": {5, 6}},
)
SEVERAL: Sequence[Mapping[str, Any]] = (
    {"levels": {"ORANGE"}, "needs": {"STEP_FREE", "ACCESSIBLE_TOILET"}, "days": {1, 3}},
    {"levels": {"RED"}, "costs": {"FREE", "UP_TO_3"}},
    {"kinds": {"walking", "nordic-walking"}, "parts": {"am"}, "ages": {"OLDER"}},
    {"conditions": {"ARTHRITIS", "DIABETES"}, "needs": {"SEATS"}},
    {"forms": {"GROUP", "CLUB"}, "languages": {"pl", "ro"}},
    {"kinds": {"tai-chi"}, "purposes": {"STRENGTH_AND_BALANCE"}, "days": {0, 1, 2}},
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody asks, in the words of the finder; `filters` by the name in its `Query`.

    `words` are (number of the common word, or that of the rare one after them; how it is typed).
    """

    kind: str
    postcode: str
    point: Point
    miles: int
    filters: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    words: tuple[tuple[int, str], ...] = ()
    is_soonest_first: bool = False
    page: int = 1

    @property
    def offset(self) -> int:
        """How many results stand on the pages before."""
        return (self.page - 1) * PER_PAGE

    def search(self) -> "Search":
        """The same as the finder's pages take it."""
        from hereabouts.activities.finding.distances import Reach, Travel
        from hereabouts.activities.finding.search import FILTERS, Search
        from hereabouts.finder import Order
        from hereabouts.places.queries import Somewhere

        ticked: dict[str, Any] = {
            one_filter.group.value: frozenset(
                choice.value
                for choice in one_filter.choices
                if choice.value in self.filters.get(one_filter.group.value, ())
            )
            for one_filter in FILTERS
        }
        return Search(
            near=Somewhere(label=self.postcode, text=self.postcode, point=self.point),
            reach=Reach(by=Travel.MILES, amount=self.miles),
            words=" ".join(typed for _, typed in self.words),
            order=Order.SOONEST if self.is_soonest_first else Order.NEAREST,
            page=self.page,
            per_page=PER_PAGE,
            **ticked,
        )

    def query(self, *, at: datetime) -> Any:
        """The same as the finder's engine takes it."""
        return self.search().query(at=at)


def ask(postcodes: Any, *, count: int = QUESTIONS) -> list[Question]:
    """The questions; the same for the same postcodes."""
    random = np.random.default_rng(SEED + 1)
    kinds = random.choice(KINDS, size=count, p=KIND_SHARES)
    miles = random.choice(MILES, size=count, p=MILES_SHARES)
    is_second = random.random(count) < SECOND_PAGE
    return [
        Question(
            kind=str(kind),
            postcode=_as_written(row["code"].decode()),
            point=Point(latitude=float(row["latitude"]), longitude=float(row["longitude"])),
            miles=int(distance),
            filters=_filters(str(kind), random),
            words=_words(random) if kind == "words" else (),
            is_soonest_first=kind == "soonest",
            page=2 if second else 1,
        )
        for row, kind, distance, second in zip(
            _whereabouts(postcodes, count, random), kinds, miles, is_second, strict=True
        )
    ]


def _as_written(code: str) -> str:
    return f"{code[:-3]} {code[-3:]}"


def _filters(kind: str, random: np.random.Generator) -> dict[str, frozenset[Any]]:
    some: Mapping[str, Any] = {}
    if kind == "level":
        some = {"levels": LEVELS[int(random.integers(len(LEVELS)))]}
    if kind == "when":
        some = WHEN[int(random.integers(len(WHEN)))]
    if kind == "several":
        some = SEVERAL[int(random.integers(len(SEVERAL)))]
    return {name: frozenset(values) for name, values in some.items()}


def _words(random: np.random.Generator) -> tuple[tuple[int, str], ...]:
    """The commonest, two common ones, a rare one, or a common and a rare one."""
    case, commonest = int(random.integers(4)), int(random.integers(0, 4))
    common = int(random.integers(5, len(COMMON_WORDS)))
    rare = len(COMMON_WORDS) + int(random.integers(RARE_WORDS))
    cases = ([commonest], [commonest, common], [rare], [common, rare])
    return tuple((word, _typed(word, random)) for word in cases[case])


def _typed(word: int, random: np.random.Generator) -> str:
    if word >= len(COMMON_WORDS):
        return rare_word(word - len(COMMON_WORDS))
    forms = COMMON_WORDS[word]
    return forms[random.integers(len(forms))]


def _whereabouts(postcodes: Any, count: int, random: np.random.Generator) -> Any:
    """Half anywhere that people live, a quarter in inner cities, a quarter in sparse country."""
    codes = postcodes["code"]
    is_inner = np.zeros(len(postcodes), dtype=bool)
    for district in INNER_CITY:
        # The district, then three more: "E1" is not "E17".
        is_inner |= np.char.startswith(codes, district.encode()) & (
            np.char.str_len(codes) == len(district) + 3
        )
    # One postcode of each square of about 5 km that has any: most such squares are country.
    squares = np.floor(postcodes["latitude"] * 20) * 1000 + np.floor(postcodes["longitude"] * 12)
    _, one_of_each = np.unique(squares, return_index=True)
    chosen = np.concatenate(
        [
            random.choice(len(postcodes), size=count - 2 * (count // 4)),
            random.choice(np.flatnonzero(is_inner), size=count // 4),
            random.choice(one_of_each, size=count // 4),
        ]
    )
    return postcodes[random.permutation(chosen)]
