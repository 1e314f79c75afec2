"""An invented world at real postcodes: what every listing says, as arrays.

Five listings share two venues, venues stand where people live, and every value of every filter has
the share that we would expect of a county's listings. Words are as uneven as real ones: the
commonest is in a quarter of the listings, most are rare.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hereabouts.places.points import Point

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]

SEED = 20261123
# A Monday in November; half an hour into its first sessions.
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LISTINGS_PER_VENUE = 2.5

LEVELS = ("NONE", "GREEN", "ORANGE", "RED")
LEVEL_SHARES = (0.50, 0.20, 0.20, 0.10)
RED_CONFIRMED = 0.7
FORMS = ("SESSIONS", "GROUP", "CLUB", "OPEN_SPACE")
FORM_SHARES = (0.72, 0.10, 0.10, 0.08)
# Most go on; some have ended and must not be found; some will end.
GOES_ON, HAS_ENDED = 0.75, 0.10
IS_PAUSED, HAS_SECOND_SESSION = 0.03, 0.15
DAY_SHARES = (0.19, 0.19, 0.19, 0.18, 0.13, 0.08, 0.04)
PART_SHARES = (0.45, 0.30, 0.25)
PART_STARTS = (9 * 60, 12 * 60, 17 * 60)
NEVER = 2**30

# Of a vocabulary: the share of its first value, and how fast the shares of the others fall.
SHARES: Mapping[str, tuple[float, float]] = {
    "purposes": (0.25, 0.5),
    "costs": (0.30, 0.2),
    "conditions": (0.15, 0.2),
    "languages": (0.80, 40.0),
}
AGE_SHARES = (0.08, 0.12, 0.85, 0.92)
# Of venues: somebody looked, and it is there.
NEED_SHARES = (0.55, 0.45, 0.40, 0.60, 0.30, 0.50, 0.12)

# The forms of a word that both databases take for one: any may be written, any may be asked for.
COMMON_WORDS: Sequence[tuple[str, ...]] = (
    *(("exercise", "exercises"), ("walk", "walks", "walking"), ("gentle",), ("group", "groups")),
    *(("balance",), ("class", "classes"), ("strength",), ("chair", "chairs"), ("friendly",)),
    *(("beginner", "beginners"), ("dance", "dances", "dancing"), ("yoga",), ("tea",), ("music",)),
    *(("church",), ("hall", "halls"), ("park", "parks"), ("garden", "gardens", "gardening")),
    *(("swim", "swims", "swimming"), ("memory",), ("club", "clubs"), ("women",), ("men",)),
    *(("social",), ("pilates",), ("tai chi",), ("stroke",), ("heart",), ("library",), ("seated",)),
    *(("bowls",), ("football",), ("table tennis",), ("badminton",), ("choir", "choirs"), ("gym",)),
    *(("carer", "carers"), ("coffee",), ("lake",), ("woodland",), ("step free",), ("evening",)),
)  # fmt: skip
COMMONEST = 0.25
RARE_WORDS = 3000
RARE_IN_EACH = 16


@dataclass(frozen=True, kw_only=True)
class World:
    """Listing i is record i + 1. Days count from the day of `at`, minutes from its midnight.

    `chosen` has for each vocabulary of several values who has which: listings × values.
    """

    at: datetime
    venue: NDArray[np.intp]
    venue_postcode: NDArray[np.bytes_]
    venue_latitude: NDArray[np.float64]
    venue_longitude: NDArray[np.float64]
    level: NDArray[np.intp]
    form: NDArray[np.intp]
    level_until: Numbers
    last_on: Numbers
    paused_on: Numbers
    paused_until: Numbers
    # The first two sessions from the last full hour on, when the rows were written.
    next_at: Numbers
    then_at: Numbers
    when: Mask
    chosen: Mapping[str, Mask]
    common_words: Mask
    rare_words: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.venue)

    def texts(self) -> Iterator[str]:
        """The words of each listing."""
        most = max(len(forms) for forms in COMMON_WORDS)
        table = np.array(
            [[forms[number % len(forms)] for number in range(most)] for forms in COMMON_WORDS]
        )
        listings, words = np.nonzero(self.common_words)
        written = table[words, (listings + words) % most].tolist()
        ends = np.cumsum(self.common_words.sum(axis=1)).tolist()
        rare = np.array([rare_word(number) for number in range(RARE_WORDS)], dtype=object)
        start = 0
        for numbers, end in zip(self.rare_words, ends, strict=True):
            yield " ".join([*written[start:end], *rare[numbers]])
            start = end


def rare_word(number: int) -> str:
    """The rare word of that number: it can be said, and its stem is itself."""
    letters = "bdfglmnprt"
    thousands, rest = divmod(number, 1000)
    parts = (thousands, rest // 100, rest // 10 % 10, rest % 10)
    return "".join(f"{letters[part]}o" for part in parts) + "k"


def invent(entries: int, postcodes: Any, *, at: datetime = AT) -> World:
    """A world of that many listings; the same for the same numbers."""
    from hereabouts.activities.declaration import ACTIVITIES

    random = np.random.default_rng(SEED)
    venues = max(1, round(entries / LISTINGS_PER_VENUE))
    stands = postcodes[random.choice(len(postcodes), size=venues)]
    venue = random.integers(0, venues, size=entries)
    level = random.choice(len(LEVELS), size=entries, p=LEVEL_SHARES)
    form = random.choice(len(FORMS), size=entries, p=FORM_SHARES)
    sessions = _sessions(form, at, random)
    next_at, then_at = _next_two(sessions, at)
    needs = random.random((venues, len(NEED_SHARES))) < NEED_SHARES
    several = {
        name: _several(entries, len(ACTIVITIES.vocabulary(name).codes), *shares, random)
        for name, shares in SHARES.items()
    }
    return World(
        at=at,
        venue=venue,
        venue_postcode=stands["code"],
        venue_latitude=stands["latitude"].astype("f8"),
        venue_longitude=stands["longitude"].astype("f8"),
        level=level,
        form=form,
        next_at=next_at,
        then_at=then_at,
        when=_when(sessions, at),
        **_days(level, random),
        chosen={
            **several,
            "kinds": _kinds(entries, random),
            "ages": random.random((entries, len(AGE_SHARES))) < AGE_SHARES,
            "needs": needs[venue],
        },
        common_words=_several(entries, len(COMMON_WORDS), COMMONEST, 0.25, random),
        rare_words=_rare_words(entries, random),
    )


def points_of(world: World) -> list[Point]:
    """Where each venue is."""
    degrees = zip(world.venue_latitude.tolist(), world.venue_longitude.tolist(), strict=True)
    return [Point(latitude=north, longitude=east) for north, east in degrees]


def _several(
    entries: int, values: int, first: float, fall: float, random: np.random.Generator
) -> Mask:
    """Each value by itself, the later the rarer."""
    shares = first / (1 + fall * np.arange(values))
    return np.column_stack([random.random(entries) < share for share in shares])


def _kinds(entries: int, random: np.random.Generator) -> Mask:
    """One kind each, and those that hold it."""
    from hereabouts.activities.kinds import FILTERABLE

    codes = [concept.code for concept in FILTERABLE]
    weights = 1 / (np.arange(len(codes)) + 5)
    kind = random.choice(len(codes), size=entries, p=weights / weights.sum())
    rows = np.zeros((len(codes), len(codes)), bool)
    for place, concept in enumerate(FILTERABLE):
        rows[place, [place, *(codes.index(code) for code in concept.broader)]] = True
    return rows[kind]


def _days(level: NDArray[np.intp], random: np.random.Generator) -> dict[str, Numbers]:
    entries = len(level)
    is_confirmed = (level == LEVELS.index("RED")) & (random.random(entries) < RED_CONFIRMED)
    ending, days = random.random(entries), random.integers(1, 365, size=entries)
    ends = np.where(ending < GOES_ON + HAS_ENDED, -days, days)
    is_paused, begins = random.random(entries) < IS_PAUSED, random.integers(-30, 30, size=entries)
    lasts = random.integers(0, 60, size=entries)
    return {
        "level_until": np.where(is_confirmed, random.integers(-60, 365, size=entries), NEVER),
        "last_on": np.where(ending < GOES_ON, NEVER, ends),
        "paused_on": np.where(is_paused, begins, NEVER),
        "paused_until": np.where(is_paused, begins + lasts, NEVER),
    }


def _sessions(form: NDArray[np.intp], at: datetime, random: np.random.Generator) -> Numbers:
    """One or two a week, on the quarter of the hour, as minutes of `World`; a park has none."""
    size = (len(form), 2)
    days = (random.choice(7, size=size, p=DAY_SHARES) - at.weekday()) % 7
    parts = random.choice(3, size=size, p=PART_SHARES)
    starts = days * 1440 + np.array(PART_STARTS)[parts] + 15 * random.integers(0, 12, size=size)
    starts[random.random(len(form)) >= HAS_SECOND_SESSION, 1] = NEVER
    starts[form == FORMS.index("OPEN_SPACE")] = NEVER
    return np.asarray(starts, np.int64)


def _next_two(sessions: Numbers, at: datetime) -> tuple[Numbers, Numbers]:
    """The first two of these sessions and of those a week later; NEVER where there is none."""
    written = 60 * at.hour
    to_come = np.where(sessions < written, sessions + 7 * 1440, sessions)
    both = np.sort(np.column_stack([to_come, to_come + 7 * 1440]), axis=1)[:, :2]
    next_at, then_at = np.minimum(both, NEVER).T
    return next_at, then_at


def _when(sessions: Numbers, at: datetime) -> Mask:
    """Listings × the 21 parts of the week."""
    when = np.zeros((len(sessions), 21), bool)
    for column in sessions.T:
        some = np.flatnonzero(column < NEVER)
        days, minutes = np.divmod(column[some], 1440)
        parts = np.searchsorted(PART_STARTS, minutes, side="right") - 1
        when[some, 3 * ((days + at.weekday()) % 7) + parts] = True
    return when


def _rare_words(entries: int, random: np.random.Generator) -> NDArray[np.int16]:
    weights = 1 / (np.arange(RARE_WORDS) + 20)
    chosen = random.choice(RARE_WORDS, size=(entries, RARE_IN_EACH), p=weights / weights.sum())
    return chosen.astype(np.int16)
