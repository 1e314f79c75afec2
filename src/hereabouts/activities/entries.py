"""The finder's entry of an activity, computed from the activity and its details.

Pure: every input is passed in. What nobody stated sets no bit of any mask, except that an activity
without ages is for adults, as OpenActive defines it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone, translation

from hereabouts.activities import recurrence
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.kinds import FILTERABLE_BY_CODE, FILTERABLE_BY_IDENTIFIER
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.activities.vocabularies import (
    AGES,
    Ability,
    AgeBand,
    Condition,
    CostBand,
    Form,
    Gender,
    Language,
    Purpose,
)
from hereabouts.finder import Group, searched
from hereabouts.finder.models import FinderEntry
from hereabouts.partners.models import Term
from hereabouts.places.models import AccessFact

UP_TO_PENCE = 300
OLDEST = max(last for _, last in AGES.values())
# Ages that count where none are stated.
USUAL_AGES = (AgeBand.ADULTS, AgeBand.OLDER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An activity that has a venue, with all that its entry is computed from.

    `kinds` are its own; `kind_identifiers` those of its own and of every broader one.
    `access_facts` are all that are known of its venue.
    """

    activity: Activity
    schedules: Sequence[Schedule]
    breaks: Sequence[Break]
    concessions: Sequence[Concession]
    kinds: Sequence[Kind]
    kind_identifiers: Collection[str]
    access_facts: Sequence[AccessFact]


def entry_of(listed: Listed, *, terms: Collection[Term], at: datetime) -> FinderEntry:
    """The row that the finder searches, not saved, computed for the moment `at`."""
    activity = listed.activity
    assert activity.venue is not None
    return FinderEntry.of(
        ACTIVITIES,
        record_id=activity.pk,
        point=activity.venue.point,
        values={
            Group.LEVELS: [activity.level],
            Group.FORMS: [activity.form],
            Group.KINDS: filterable_codes(listed.kind_identifiers),
            Group.PURPOSES: activity.purposes,
            Group.COSTS: cost_bands(activity, listed.concessions),
            Group.NEEDS: [fact.fact for fact in listed.access_facts if fact.is_there],
            Group.CONDITIONS: activity.conditions,
            Group.LANGUAGES: activity.languages,
            Group.AGES: age_bands(activity.age_from, activity.age_to),
        },
        words=words_of(listed),
        counts_until=activity.leader_counts_until() if activity.is_fame else None,
        **_times(listed, terms=terms, at=at),
    )


def filterable_codes(identifiers: Iterable[str]) -> frozenset[str]:
    """The codes of the filterable concepts among `identifiers`, and of every one above them.

    The identifier of Nordic Walking gives "nordic-walking" and "walking".
    """
    concepts = map(FILTERABLE_BY_IDENTIFIER.get, identifiers)
    waiting = [concept.code for concept in concepts if concept is not None]
    codes: set[str] = set()
    while waiting:
        code = waiting.pop()
        if code not in codes:
            codes.add(code)
            waiting += FILTERABLE_BY_CODE[code].broader
    return frozenset(codes)


def cost_bands(activity: Activity, concessions: Iterable[Concession]) -> list[CostBand]:
    """The cost filters that it passes. At £5, or £2.50 for carers: UP_TO_3 and REDUCED."""
    cost = activity.cost_pence
    reduced = [concession.pence for concession in concessions]
    prices = [*reduced, cost] if cost is not None else reduced
    is_in = {
        CostBand.FREE: 0 in prices,
        CostBand.FIRST_FREE: activity.is_first_free is True,
        CostBand.UP_TO_3: bool(prices) and min(prices) <= UP_TO_PENCE,
        CostBand.REDUCED: cost is not None and any(pence < cost for pence in reduced),
    }
    return [band for band, holds in is_in.items() if holds]


def age_bands(age_from: int | None, age_to: int | None) -> list[AgeBand]:
    """The bands that overlap these ages; an end that is not stated is open.

    From 60 on gives ADULTS and OLDER.
    """
    if age_from is None and age_to is None:
        return list(USUAL_AGES)
    youngest, oldest = age_from or 0, OLDEST if age_to is None else age_to
    return [band for band, (first, last) in AGES.items() if youngest <= last and oldest >= first]


def words_of(listed: Listed) -> str:
    """The text that words are searched in: all that is written about it, normalised."""
    # What people type is English; the reader's language is not known here.
    with translation.override("en"):
        return searched("\n".join(str(text) for text in _texts(listed) if text))


def _times(listed: Listed, *, terms: Collection[Term], at: datetime) -> dict[str, Any]:
    """The columns that say when it takes place, and when it does not."""
    activity = listed.activity
    usual = recurrence.usual_calendar_of(activity, breaks=listed.breaks, terms=terms)
    calendar = recurrence.calendar_of(activity, breaks=listed.breaks, terms=terms)
    next_at, then_at = _next_two(listed.schedules, calendar, at=at)
    is_paused = activity.paused_on is not None
    return {
        "last_on": recurrence.last_day_of(listed.schedules, calendar=usual),
        "paused_on": activity.paused_on,
        "paused_until": (activity.paused_until or date.max) if is_paused else None,
        "next_at": next_at,
        "then_at": then_at,
        "when": recurrence.when_mask(listed.schedules, on=timezone.localdate(at)),
    }


def _next_two(
    schedules: Sequence[Schedule], calendar: recurrence.Calendar, *, at: datetime
) -> tuple[datetime | None, datetime | None]:
    """When the next two sessions begin; a session that has begun is not a next one."""
    # Each line may have one that is still running, and two that begin with another line's.
    count = 3 * len(schedules)
    sessions = recurrence.next_sessions_of(schedules, after=at, count=count, calendar=calendar)
    starts = (session.starts_at.astimezone(UTC) for session in sessions)
    to_come = list(dict.fromkeys(start for start in starts if start > at))
    next_at, then_at = [*to_come, None, None][:2]
    return next_at, then_at


def _texts(listed: Listed) -> Iterator[object]:
    activity, venue = listed.activity, listed.activity.venue
    yield from (activity.name, activity.summary, activity.for_whom, activity.adapted)
    yield activity.description
    for kind in listed.kinds:
        yield kind.name
        yield from kind.other_names
    yield Form(activity.form).label
    for vocabulary, chosen in (
        (Purpose, activity.purposes),
        (Condition, activity.conditions),
        (Language, activity.languages),
    ):
        yield from (vocabulary(code).label for code in chosen)
    yield from (approach.label for approach in sorted(activity.approaches))
    if activity.gender in {Gender.WOMEN, Gender.MEN}:
        yield Gender(activity.gender).label
    if activity.ability != Ability.NOT_STATED:
        yield Ability(activity.ability).label
    if activity.carers_welcome:
        yield Activity._meta.get_field("carers_welcome").verbose_name
    yield activity.provider.name if activity.provider else ""
    yield from (venue.name, venue.street, venue.town) if venue else ()
