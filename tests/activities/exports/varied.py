"""Published activities (made up) that between them use every field in every way."""

import random
from datetime import UTC, date, datetime, time, timedelta

from hereabouts.activities import actions as activities
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.activities.vocabularies import Ability, Condition, Form, Gender, Language, Purpose
from hereabouts.partners.models import Organisation
from hereabouts.places import actions as places
from hereabouts.places.models import AccessFact, Venue

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = AT.date()
WORDS = (
    "Gentle", "Steady", "Café", "O’Brien’s", "“quoted”", "=SUM(A1)", "+44", "-5", "@home", "'=x",
    "''-y", "a;b", "c\\d", "e: f", "(g)", "<3", "Tom & Jo", "<script>", "<b>flat</b>", "<br>",
    "]]>", "Łódź", "نص", "字",
    "x,y", '"z"', "100%", "~", "two\nlines", "#", "None", "yes", "https://example.org",
)  # fmt: skip
POSTCODES = {"NG20 8PA": (53.2, -1.2324), "S41 0AA": (53.25, -1.45), "": (51.5, 0.00005)}


def build(count: int, *, seed: int) -> None:
    """Publish `count` activities."""
    activities.ensure_filterable_kinds()
    chance = random.Random(seed)
    venues = [_venue(chance, number) for number in range(max(1, count // 5))]
    providers = [_provider(chance, number) for number in range(max(1, count // 8))]
    kinds = list(Kind.objects.order_by("pk"))
    with activities.entries_written_at_the_end(at=AT):
        for number in range(count):
            _activity(chance, number, venues, providers, kinds)


def _words(chance: random.Random, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))


def _maybe(chance: random.Random, most: int) -> str:
    return _words(chance, most) if chance.random() < 0.6 else ""


def _venue(chance: random.Random, number: int) -> Venue:
    postcode = chance.choice(list(POSTCODES))
    latitude, longitude = POSTCODES[postcode]
    venue = Venue(
        name=f"Hall {number} {_words(chance, 2)}",
        kind=chance.choice(Venue.Kind.values),
        street=_maybe(chance, 3),
        town=_maybe(chance, 2),
        postcode=postcode,
        latitude=latitude + chance.random() / 1000,
        longitude=longitude + chance.random() / 1e6,
        phone=chance.choice(["", "0115 496 0171", "+44 115 496 0171"]),
        email=chance.choice(["", "hall@example.org"]),
        website=chance.choice(["", "https://hall.example"]),
        getting_there=_maybe(chance, 9),
    )
    facts = {fact: chance.random() < 0.7 for fact in AccessFact.Fact if chance.random() < 0.5}
    saved = places.save_venue(venue=venue, facts=facts, by=None, at=AT)
    for fact in saved.access_facts.all():
        fact.checked_on = TODAY - timedelta(days=chance.randint(0, 3))
        fact.save()
    return saved


def _provider(chance: random.Random, number: int) -> Organisation:
    return Organisation.objects.create(
        # Two have one name.
        name=f"Movers {number // 2}",
        phone=chance.choice(["", "0115 496 0165"]),
        email=chance.choice(["", "movers@example.org"]),
        website=chance.choice(["", "https://movers.example"]),
    )


def _activity(
    chance: random.Random,
    number: int,
    venues: list[Venue],
    providers: list[Organisation],
    kinds: list[Kind],
) -> None:
    form = chance.choice(Form.values)
    contact = chance.choice(Activity.Contact.values)
    is_own = contact == Activity.Contact.OWN
    youngest = chance.choice([None, 0, 18, 55])
    paused_on = chance.choice([None, date(2026, 11, 2)])
    activity = Activity(
        state=Activity.State.PUBLISHED,
        name=f"{_words(chance, 3)} {number}",
        form=form,
        purposes=chance.sample(Purpose.values, chance.randint(0, 3)),
        summary=_maybe(chance, 6),
        description=_maybe(chance, 30),
        for_whom=_maybe(chance, 9),
        adapted=_maybe(chance, 9),
        age_from=youngest,
        age_to=chance.choice([None, 65, 120]),
        gender=chance.choice(Gender.values),
        ability=chance.choice(Ability.values),
        conditions=chance.sample(Condition.values, chance.randint(0, 5)),
        languages=chance.sample(Language.values, chance.randint(0, 3)),
        carers_welcome=chance.choice([None, True, False]),
        is_low_impact=chance.random() < 0.4,
        is_chair_based=chance.random() < 0.3,
        follows_otago=chance.random() < 0.2,
        is_fame=chance.random() < 0.2,
        leader_qualification=chance.choice(Activity.Qualification.values),
        leader_confirmed_on=chance.choice([None, date(2026, 10, 1), date(2020, 1, 1)]),
        cost_pence=chance.choice([None, 0, 5, 350, 12_345, 100_000]),
        cost_note=_maybe(chance, 3),
        is_first_free=chance.choice([None, True, False]),
        places_per_session=chance.choice([None, 0, 12]),
        joining=chance.choice(Activity.Joining.values),
        joining_note=_maybe(chance, 3),
        website=chance.choice(["", "https://example.org/a?b=c&d=e"]),
        provider=chance.choice([None, *providers]),
        venue=chance.choice(venues),
        contact=contact,
        phone="0115 496 0142" if is_own else "",
        email=chance.choice(["", "own@example.org"]) if is_own else "",
        is_term_time_only=chance.random() < 0.3,
        paused_on=paused_on,
        paused_until=chance.choice([None, date(2026, 12, 24)]) if paused_on else None,
        pause_reason=_maybe(chance, 3) if paused_on else "",
    )
    activities.save_activity(
        activity=activity,
        schedules=_timetable(chance, is_needed=form == Form.SESSIONS),
        kinds=chance.sample(kinds, chance.randint(0, 3)),
        breaks=[
            Break(starts_on=day, ends_on=day + timedelta(days=5), reason=_maybe(chance, 2))
            for day in chance.sample([date(2026, 12, 21), date(2027, 4, 5)], chance.randint(0, 2))
        ],
        concessions=[
            Concession(who=who, pence=chance.choice([0, 200]), proof=_maybe(chance, 2))
            for who in chance.sample(["Over 65", "Carers; friends", "a\\b"], chance.randint(0, 2))
        ],
        by=None,
        at=AT,
    )


def _timetable(chance: random.Random, *, is_needed: bool) -> list[Schedule]:
    return [_line(chance) for _number in range(chance.randint(int(is_needed), 3))]


def _line(chance: random.Random) -> Schedule:
    frequency = chance.choice(Schedule.Frequency.values)
    starts_on = chance.choice([None, date(2026, 9, 7)])
    if frequency != Schedule.Frequency.WEEKLY:
        starts_on = date(2026, 9, 8)
    is_once = frequency == Schedule.Frequency.ONCE
    weekday = starts_on.weekday() if is_once and starts_on else chance.choice(range(7))
    is_monthly = frequency == Schedule.Frequency.MONTHLY
    return Schedule(
        frequency=frequency,
        weekday=weekday,
        week_of_month=chance.choice([None, 1, 4, -1]) if is_monthly else None,
        starts_on=starts_on,
        ends_on=chance.choice([None, date(2027, 7, 1)]) if starts_on and not is_once else None,
        start_time=time(chance.randint(7, 15), chance.choice([0, 30])),
        end_time=chance.choice([None, time(16, 45)]),
    )
