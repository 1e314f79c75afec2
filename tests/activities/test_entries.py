"""What the finder is told of an activity."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hereabouts.activities import entries
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.kinds import ACTIVITY_LIST, FILTERABLE_BY_CODE
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.activities.vocabularies import (
    AGES,
    AgeBand,
    Condition,
    CostBand,
    Form,
    Gender,
    Language,
    Purpose,
)
from hereabouts.finder.cells import place_of
from hereabouts.finder.models import FinderEntry
from hereabouts.partners.models import Organisation, Term
from hereabouts.places.models import AccessFact, Venue

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
THURSDAYS = Schedule(weekday=3, start_time=time(13, 30), end_time=time(14, 45))
FIRST_THURSDAY = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
A_WEEK = timedelta(days=7)


def activity(**fields: object) -> Activity:
    """An activity in a hall, not saved."""
    venue = Venue(name="Millbeck Hall", town="Shirebrook", latitude=53.2, longitude=-1.2324)
    return Activity(**{"name": "Sure and Steady", "venue": venue, **fields})


def entry(  # noqa: PLR0913  # a builder: a keyword for all that a test may be about
    of: Activity | None = None,
    *,
    schedules: tuple[Schedule, ...] = (THURSDAYS,),
    breaks: tuple[Break, ...] = (),
    concessions: tuple[Concession, ...] = (),
    kinds: tuple[Kind, ...] = (),
    kind_identifiers: tuple[str, ...] = (),
    facts: tuple[AccessFact, ...] = (),
    terms: tuple[Term, ...] = (),
    at: datetime = MONDAY,
) -> FinderEntry:
    """Its entry as of a Monday morning."""
    listed = entries.Listed(
        activity=of or activity(),
        schedules=schedules,
        breaks=breaks,
        concessions=concessions,
        kinds=kinds,
        kind_identifiers=kind_identifiers,
        access_facts=facts,
    )
    return entries.entry_of(listed, terms=terms, at=at)


def identifier(code: str) -> str:
    return ACTIVITY_LIST + FILTERABLE_BY_CODE[code].identifier


def test_it_is_where_its_venue_is() -> None:
    made = activity()
    assert made.venue is not None

    place = place_of(made.venue.point)

    found = entry(made)
    assert (found.cell, found.x, found.y, found.z) == (place.cell, place.x, place.y, place.z)


# ── When ──


def test_the_next_two_sessions_are_those_that_have_not_begun() -> None:
    found = entry()

    assert (found.next_at, found.then_at) == (FIRST_THURSDAY, FIRST_THURSDAY + A_WEEK)
    assert found.when == 1 << (3 * 3 + 1)
    assert found.last_on is None


def test_a_session_that_is_running_is_not_the_next_one() -> None:
    found = entry(at=FIRST_THURSDAY + timedelta(minutes=5))

    assert found.next_at == FIRST_THURSDAY + A_WEEK


def test_a_session_that_begins_now_has_begun() -> None:
    found = entry(at=FIRST_THURSDAY)

    assert found.next_at == FIRST_THURSDAY + A_WEEK


def test_lines_that_begin_together_are_one_session_to_come() -> None:
    longer = Schedule(weekday=3, start_time=time(13, 30), end_time=time(16))
    longest = Schedule(weekday=3, start_time=time(13, 30), end_time=time(17))

    found = entry(schedules=(THURSDAYS, longer, longest), at=FIRST_THURSDAY + timedelta(minutes=5))

    assert (found.next_at, found.then_at) == (FIRST_THURSDAY + A_WEEK, FIRST_THURSDAY + 2 * A_WEEK)


def test_a_break_is_not_a_session() -> None:
    off = Break(starts_on=FIRST_THURSDAY.date(), ends_on=FIRST_THURSDAY.date())

    found = entry(breaks=(off,))

    assert found.next_at == FIRST_THURSDAY + A_WEEK


def test_in_term_time_only_the_next_session_is_in_a_term() -> None:
    spring = Term(starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 25))
    made = activity(is_term_time_only=True)

    assert entry(made, terms=(spring,)).next_at == datetime(2027, 1, 7, 13, 30, tzinfo=UTC)
    assert entry(made).next_at is None
    assert entry(made).last_on is None
    assert entry(terms=(spring,)).next_at == FIRST_THURSDAY


def test_the_next_session_of_a_paused_one_is_after_its_pause() -> None:
    made = activity(paused_on=date(2026, 11, 20), paused_until=date(2026, 12, 3))

    found = entry(made)

    assert found.next_at == datetime(2026, 12, 10, 13, 30, tzinfo=UTC)
    assert (found.paused_on, found.paused_until) == (date(2026, 11, 20), date(2026, 12, 3))


def test_a_pause_whose_end_nobody_knows_ends_in_the_far_future() -> None:
    found = entry(activity(paused_on=date(2026, 11, 20)))

    assert (found.paused_until, found.next_at) == (date.max, None)


def test_what_is_not_paused_has_no_pause() -> None:
    assert (entry().paused_on, entry().paused_until) == (None, None)


def test_it_goes_on_as_long_as_any_line_does() -> None:
    ends = Schedule(weekday=0, start_time=time(10), ends_on=date(2027, 3, 1))

    assert entry(schedules=(ends,)).last_on == date(2027, 3, 1)
    assert entry(schedules=(ends, THURSDAYS)).last_on is None


def test_a_park_is_always_there() -> None:
    found = entry(activity(form=Form.OPEN_SPACE), schedules=())

    assert (found.last_on, found.next_at, found.when) == (None, None, 0)
    assert found.forms == ACTIVITIES.mask("forms", [Form.OPEN_SPACE])


# ── What and for whom ──


def test_only_a_red_class_has_a_day_until_which_it_is_red() -> None:
    fields = {
        "leader_qualification": Activity.Qualification.POSTURAL_STABILITY,
        "leader_confirmed_on": date(2026, 11, 1),
    }

    assert entry(activity(**fields)).counts_until is None
    red = entry(activity(is_fame=True, level=Level.RED, **fields))
    assert red.counts_until == date(2027, 11, 1)


@pytest.mark.parametrize(
    ("cost", "concessions", "is_first_free", "bands"),
    [
        (None, [], None, set()),
        (0, [], None, {CostBand.FREE, CostBand.UP_TO_3}),
        (300, [], None, {CostBand.UP_TO_3}),
        (301, [], None, set()),
        (301, [], False, set()),
        (301, [], True, {CostBand.FIRST_FREE}),
        (500, [250], None, {CostBand.UP_TO_3, CostBand.REDUCED}),
        (500, [400], None, {CostBand.REDUCED}),
        # Somebody else pays: free for who is referred.
        (500, [0], None, {CostBand.FREE, CostBand.UP_TO_3, CostBand.REDUCED}),
        # Dearer than for everybody else: not a reduction.
        (200, [250], None, {CostBand.UP_TO_3}),
        # Reduced from what?
        (None, [250], None, {CostBand.UP_TO_3}),
    ],
)
def test_cost_bands(
    cost: int | None, concessions: list[int], is_first_free: bool | None, bands: set[CostBand]
) -> None:
    made = activity(cost_pence=cost, is_first_free=is_first_free)
    prices = tuple(Concession(who=str(pence), pence=pence) for pence in concessions)

    assert entry(made, concessions=prices).costs == ACTIVITIES.mask("costs", bands)


@pytest.mark.parametrize(
    ("age_from", "age_to", "bands"),
    [
        (None, None, {AgeBand.ADULTS, AgeBand.OLDER}),
        (60, None, {AgeBand.ADULTS, AgeBand.OLDER}),
        (65, None, {AgeBand.OLDER}),
        (None, 11, {AgeBand.CHILDREN}),
        (11, 12, {AgeBand.CHILDREN, AgeBand.TEENAGERS}),
        (18, 64, {AgeBand.ADULTS}),
        (0, None, set(AgeBand)),
    ],
)
def test_age_bands(age_from: int | None, age_to: int | None, bands: set[AgeBand]) -> None:
    assert set(entries.age_bands(age_from, age_to)) == bands


@given(ages=st.lists(st.integers(0, 150), min_size=2, max_size=2).map(sorted))
def test_a_band_is_met_when_somebody_of_that_age_may_come(ages: list[int]) -> None:
    youngest, oldest = ages

    met = {
        band
        for band, (first, last) in AGES.items()
        if set(range(first, last + 1)) & set(range(youngest, oldest + 1))
    }

    assert set(entries.age_bands(youngest, oldest)) == met


def test_access_counts_only_where_somebody_looked_and_it_was_there() -> None:
    facts = (
        AccessFact(fact=AccessFact.Fact.STEP_FREE, is_there=True),
        AccessFact(fact=AccessFact.Fact.SEATS, is_there=False),
    )

    assert entry(facts=facts).needs == ACTIVITIES.mask("needs", [AccessFact.Fact.STEP_FREE])


def test_what_is_chosen_from_lists_is_kept_as_bits() -> None:
    found = entry(
        activity(
            purposes=[Purpose.HEALTH_WALK, Purpose.COMPANY],
            conditions=[Condition.WHEELCHAIR],
            languages=[Language.POLISH],
        )
    )

    assert found.purposes == ACTIVITIES.mask("purposes", [Purpose.HEALTH_WALK, Purpose.COMPANY])
    assert found.conditions == ACTIVITIES.mask("conditions", [Condition.WHEELCHAIR])
    assert found.languages == ACTIVITIES.mask("languages", [Language.POLISH])


def test_a_kind_is_found_by_whatever_is_broader() -> None:
    assert entries.filterable_codes([identifier("rehab-pilates")]) == {
        "rehab-pilates",
        "pilates",
        "group-exercise",
    }
    assert entries.filterable_codes([f"{ACTIVITY_LIST}not-filterable"]) == set()
    found = entry(kind_identifiers=(identifier("nordic-walking"),))
    assert found.kinds == ACTIVITIES.mask("kinds", ["nordic-walking", "walking"])


def test_every_number_of_an_entry_fits_its_column() -> None:
    everything = activity(
        purposes=Purpose.values, conditions=Condition.values, languages=Language.values
    )
    facts = tuple(AccessFact(fact=fact, is_there=True) for fact in AccessFact.Fact)

    found = entry(
        everything, kind_identifiers=tuple(map(identifier, FILTERABLE_BY_CODE)), facts=facts
    )

    assert found.kinds < 2**63
    assert max(found.purposes, found.needs, found.conditions, found.languages) < 2**31
    assert found.when < 2**31


# ── Words ──


def test_words_are_everything_that_is_said_about_it() -> None:
    made = activity(
        name="Café walk",
        summary="Slow and steady",
        for_whom="Anybody who likes company",
        adapted="We can sit down",
        description="Round the lake",
        form=Form.GROUP,
        is_chair_based=True,
        purposes=[Purpose.HEALTH_WALK],
        conditions=[Condition.COPD],
        languages=[Language.POLISH],
        gender=Gender.WOMEN,
        carers_welcome=True,
        provider=Organisation(name="Heath End Movers"),
    )
    kinds = (Kind(name="Walking", other_names=["Strolling"]),)

    words = entry(made, kinds=kinds).words

    for text in (
        *("cafe walk", "slow and steady", "anybody who likes company", "we can sit down"),
        *("round the lake", "walking", "strolling", "community group", "chair based exercise"),
        *("health walk", "copd", "polish", "women only", "carers may come along"),
        *("heath end movers", "millbeck hall", "shirebrook"),
    ):
        assert text in words


def test_words_are_english_whoever_saves_it() -> None:
    with translation.override("pl"):
        words = entry(activity(gender=Gender.MEN)).words

    assert "men only" in words


def test_what_is_not_stated_is_no_word() -> None:
    assert "stated" not in entry().words.lower()


@given(st.sampled_from(list(combinations(Condition, 2))))
def test_masks_of_different_choices_differ(pair: tuple[Condition, Condition]) -> None:
    condition, other = pair

    assert (
        entry(activity(conditions=[condition])).conditions & ACTIVITIES.mask("conditions", [other])
        == 0
    )
