"""A second kind of record can be found by declaring it: here venues, beside activities."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hereabouts import finder
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.models import Activity
from hereabouts.finder import Count, Declaration, Group, Query, Value, Vocabulary, vocabulary
from hereabouts.finder import actions as writing
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.places.models import AccessFact, Venue
from hereabouts.places.points import Point
from tests import make

STEP_FREE, SEATS, PARKING = (
    AccessFact.Fact.STEP_FREE,
    AccessFact.Fact.SEATS,
    AccessFact.Fact.PARKING,
)
VENUES = Declaration(
    kind=100,
    name="venues",
    vocabularies=(
        vocabulary(Group.KINDS, Venue.Kind.values),
        vocabulary(Group.NEEDS, AccessFact.Fact.values, all_of=True),
    ),
)
HERE = Point(latitude=53.2, longitude=-1.2324)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def declared() -> None:
    """Venues declared, as a context would do when the server starts."""
    finder.declare(VENUES)


def write(venues: Collection[Venue]) -> None:
    """Let the finder find these venues, and no longer those that are gone."""
    writing.write_entries(
        among=VENUES, record_ids=[venue.pk for venue in venues], entries_of=entries_of
    )


def entries_of(venue_ids: Iterable[int]) -> list[FinderEntry]:
    return [
        FinderEntry.of(
            VENUES,
            record_id=venue.pk,
            point=venue.point,
            values={
                Group.KINDS: [venue.kind],
                Group.NEEDS: [fact.fact for fact in venue.access_facts.filter(is_there=True)],
            },
            words=finder.searched(f"{venue.name} {venue.town}"),
        )
        for venue in Venue.objects.filter(pk__in=venue_ids)
    ]


@pytest.fixture
def hall() -> Venue:
    """Beside where people search from."""
    return make.venue(has=[STEP_FREE, SEATS])


@pytest.fixture
def park() -> Venue:
    """A mile and a half north."""
    return make.venue(
        name="Heath Park", kind=Venue.Kind.OPEN_SPACE, latitude=53.222, has=[SEATS, PARKING]
    )


@pytest.fixture
def library() -> Venue:
    """Three miles north."""
    return make.venue(name="Bolsover Library", town="Bolsover", latitude=53.244, has=[STEP_FREE])


@pytest.fixture
def venues(hall: Venue, park: Venue, library: Venue) -> list[Venue]:
    """All three, where the finder finds them."""
    everywhere = [hall, park, library]
    write(everywhere)
    return everywhere


def query(*, at: datetime, among: Declaration = VENUES, km: float = 10, **wanted: Any) -> Query:
    return Query(among=among, point=HERE, within_km=km, at=at, **wanted)


def found(asked: Query) -> list[int]:
    """The records that every way of searching finds."""
    numbers = [hit.record_id for hit in finder.nearest(asked)]
    assert [hit.record_id for hit in finder.search(asked).hits] == numbers
    assert finder.points(asked).record_ids.tolist() == numbers
    return numbers


# ── Venues ──


def test_the_nearest_venue_comes_first(venues: list[Venue], now: datetime) -> None:
    hits = finder.nearest(query(at=now))

    assert [hit.record_id for hit in hits] == [venue.pk for venue in venues]
    assert [hit.distance_km for hit in hits] == pytest.approx([0, 2.446, 4.893], abs=0.01)
    assert found(query(at=now, km=3)) == [venue.pk for venue in venues[:2]]


def test_venues_are_found_by_what_was_declared_with_counts(
    venues: list[Venue], hall: Venue, park: Venue, now: datetime
) -> None:
    outdoors = query(at=now, kinds=frozenset({Venue.Kind.OPEN_SPACE}))
    seated = query(at=now, needs=frozenset({STEP_FREE, SEATS}))

    answer = finder.search(seated, radii_km=[1, 10])

    assert found(outdoors) == [park.pk]
    assert found(seated) == [hall.pk]
    assert answer.count == Count(total=1)
    assert answer.without == {Group.NEEDS: Count(total=3)}
    assert answer.within == {1: Count(total=1), 10: Count(total=1)}
    assert answer.options[Group.KINDS] == {"BUILDING": Count(total=1), "OPEN_SPACE": Count(total=0)}
    counted = finder.search(outdoors).options
    assert counted[Group.KINDS] == {"BUILDING": Count(total=2), "OPEN_SPACE": Count(total=1)}
    assert {fact: count.total for fact, count in counted[Group.NEEDS].items() if count.total} == {
        SEATS: 1,
        PARKING: 1,
    }


def test_only_what_was_declared_is_counted(venues: list[Venue], now: datetime) -> None:
    assert set(finder.search(query(at=now)).options) == {Group.KINDS, Group.NEEDS}
    assert finder.points(query(at=now)).levels.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("typed", "numbers"), [("library", [2]), ("libraries bolsover", [2]), ("shirebrook", [0, 1])]
)
def test_venues_are_found_by_words(
    venues: list[Venue], now: datetime, typed: str, numbers: list[int]
) -> None:
    assert found(query(at=now, words=typed)) == [venues[number].pk for number in numbers]


def test_a_venue_that_moves_or_goes_is_followed(
    venues: list[Venue], hall: Venue, park: Venue, library: Venue, now: datetime
) -> None:
    Venue.objects.filter(pk=hall.pk).update(latitude=53.23, name="Millbeck Barn")
    write([hall])
    writing.remove_entries(among=VENUES, record_ids=[library.pk])

    assert found(query(at=now)) == [park.pk, hall.pk]
    assert found(query(at=now, words="hall")) == []
    assert found(query(at=now, words="barn")) == [hall.pk]
    assert found(query(at=now, words="library")) == []


def test_a_venue_that_cannot_be_found_any_more_leaves_no_block(
    venues: list[Venue], now: datetime
) -> None:
    Venue.objects.all().delete()

    write(venues)

    assert found(query(at=now)) == []
    assert not FinderBlock.objects.exists()


# ── Two kinds beside each other ──


@pytest.fixture
def activity(hall: Venue) -> Activity:
    """An activity with the number of the hall in which it is, and a word in common."""
    return make.activity(pk=hall.pk, name="Gardening", at_venue=hall)


def test_activities_are_not_among_venues_nor_venues_among_activities(
    venues: list[Venue], activity: Activity, hall: Venue, now: datetime
) -> None:
    assert activity.pk == hall.pk
    assert found(query(at=now)) == [venue.pk for venue in venues]
    assert found(query(at=now, among=ACTIVITIES)) == [activity.pk]
    for word, of_venues, of_activities in (("hall", 1, 1), ("gardening", 0, 1), ("library", 1, 0)):
        assert len(found(query(at=now, words=word))) == of_venues
        assert len(found(query(at=now, words=word, among=ACTIVITIES))) == of_activities
    assert finder.search(query(at=now)).count == Count(total=3)
    assert finder.search(query(at=now, among=ACTIVITIES)).count == Count(total=1)


def test_each_kind_has_a_block_of_its_own_in_one_cell(
    activity: Activity, hall: Venue, now: datetime
) -> None:
    write([hall])

    assert len(set(FinderEntry.objects.values_list("cell"))) == 1
    blocks = FinderBlock.objects.order_by("kind").values_list("kind", "columns")
    assert [(kind, len(columns)) for kind, columns in blocks] == [
        (ACTIVITIES.kind, 64),
        (VENUES.kind, 64),
    ]


def test_what_happens_to_one_kind_leaves_the_other_alone(
    venues: list[Venue], activity: Activity, hall: Venue, now: datetime
) -> None:
    activity.delete()
    assert found(query(at=now, among=ACTIVITIES)) == []
    assert found(query(at=now, words="hall")) == [hall.pk]

    writing.remove_entries(among=VENUES, record_ids=[venue.pk for venue in venues])
    assert found(query(at=now)) == []


# ── Values that count until a day ──


LOOPS = Declaration(
    kind=101,
    name="venues with inspected hearing loops",
    vocabularies=(
        Vocabulary(
            group=Group.NEEDS,
            values=(
                Value(code="SEATS", mark=1),
                Value(code="HEARING_LOOP", expires=True, mark=2, expired_mark=3),
            ),
        ),
    ),
)


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (1, True), (None, False)])
def test_a_value_that_expires_counts_until_its_day_and_others_go_on(
    hall: Venue, now: datetime, days: int | None, counts: bool
) -> None:
    until: date | None = None if days is None else now.date() + timedelta(days=days)
    entry = FinderEntry.of(
        LOOPS,
        record_id=hall.pk,
        point=hall.point,
        values={Group.NEEDS: ["SEATS", "HEARING_LOOP"]},
        counts_until=until,
    )
    writing.write_entries(among=LOOPS, record_ids=[hall.pk], entries_of=lambda _: [entry])
    asked = query(at=now, among=LOOPS)

    looped = finder.search(replace(asked, needs=frozenset({"HEARING_LOOP"})))

    assert looped.count == Count(total=int(counts))
    assert looped.options[Group.NEEDS] == {
        "SEATS": Count(total=1),
        "HEARING_LOOP": Count(total=int(counts)),
    }
    assert found(replace(asked, needs=frozenset({"SEATS"}))) == [hall.pk]
    assert finder.points(asked).levels.tolist() == [2 if counts else 3]


# ── What cannot be declared, nor asked ──


def test_what_was_not_declared_cannot_be_asked_for(now: datetime) -> None:
    for wanted in ({"levels": frozenset({"RED"})}, {"days": frozenset({1})}):
        with pytest.raises(ValueError, match="venues cannot be filtered by"):
            query(at=now, **wanted)
    with pytest.raises(KeyError, match="CASTLE"):
        finder.search(query(at=now, kinds=frozenset({"CASTLE"})))


def test_declaring_again_changes_nothing_but_a_number_or_a_name_is_taken_once() -> None:
    finder.declare(VENUES)

    for other in (replace(VENUES, name="castles"), replace(VENUES, kind=7)):
        with pytest.raises(ValueError, match="cannot be declared: there is venues"):
            finder.declare(other)


@pytest.mark.parametrize("kind", [0, 128])
def test_a_kind_has_a_number_that_the_text_index_can_hold(kind: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 127"):
        replace(VENUES, kind=kind)


@pytest.mark.parametrize(
    ("group", "most"),
    [(Group.LEVELS, 8), (Group.NEEDS, 16), (Group.LANGUAGES, 31), (Group.KINDS, 63)],
)
def test_a_filter_has_as_many_values_as_its_column_has_bits(group: Group, most: int) -> None:
    assert len(vocabulary(group, map(str, range(most))).codes) == most
    with pytest.raises(ValueError, match="too few"):
        vocabulary(group, map(str, range(most + 1)))


def test_a_week_has_room_for_four_parts_a_day() -> None:
    assert replace(VENUES, parts_of_day=("am", "pm", "eve", "night")).when_mask([], ["am"]) < 2**31
    with pytest.raises(ValueError, match="too few bits"):
        replace(VENUES, parts_of_day=tuple("abcde"))
