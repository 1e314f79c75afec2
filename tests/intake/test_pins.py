"""A Google My Maps file with coloured pins becomes activities with levels."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity
from hereabouts.imports import actions
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.intake.matching.pins import Meaning, by_colour, level_of_layer, name_of
from hereabouts.places.models import Venue
from tests import make
from tests.files.maps import BLUE, CLASSES, GREEN, ORANGE, RED, Pin, kml, my_map
from tests.intake.timetables import activity_of, decided, imported, matched, uploaded

Outcome = ImportRow.Outcome


def reasons_of(batch: ImportBatch) -> list[str]:
    """Why rows would be left out."""
    return [reason for row in decided(batch) for reason in row.reasons]


@pytest.mark.parametrize(
    ("colour", "name", "guess"),
    [
        (f"#{GREEN}", "Green", Meaning.GREEN),
        (f"#{ORANGE}", "Orange", Meaning.ORANGE),
        (f"#{RED}", "Red", Meaning.RED),
        ("#F9A825", "Orange", Meaning.ORANGE),
        ("#FF5252", "Red", Meaning.RED),
        ("#097138", "Green", Meaning.GREEN),
        # What the finder's own exports have.
        ("#37814F", "Green", Meaning.GREEN),
        ("#F2993A", "Orange", Meaning.ORANGE),
        ("#991B33", "Red", Meaning.RED),
        (f"#{BLUE}", "Blue", Meaning.NONE),
        ("#FFD600", "Yellow", Meaning.NONE),
        ("#9C27B0", "Purple", Meaning.NONE),
        ("#C2185B", "Pink", Meaning.NONE),
        ("#757575", "Grey", Meaning.NONE),
        ("#000000", "Grey", Meaning.NONE),
    ],
)
def test_a_colour_is_guessed_by_the_nearest_of_ours(colour: str, name: str, guess: Meaning) -> None:
    [pins] = by_colour([(colour, "")])

    assert name_of(colour) == name
    assert pins.guess == guess


def test_colours_are_counted_the_commonest_first_and_what_is_none_is_not() -> None:
    pins = [("#0288D1", ""), ("#0F9D58", ""), ("#0288D1", "Walks"), ("", ""), ("green", "")]

    assert [colour.in_words() for colour in by_colour(pins)] == [
        "Blue pins (#0288D1): 2",
        "Green pins (#0F9D58): 1",
    ]


@pytest.mark.parametrize(
    ("layer", "level"),
    [
        ("Red – FaME", "red"),
        ("Orange", "orange"),
        ("Chair-based (orange)", "orange"),
        ("Otago", "orange"),
        ("Green spaces", ""),
        ("Classes", ""),
        ("Red / green", ""),
        ("", ""),
    ],
)
def test_a_layer_says_a_level_only_in_our_words(layer: str, level: str) -> None:
    assert level_of_layer(layer) == level


def test_the_pins_of_a_map_become_activities_with_levels(manager: User, now: datetime) -> None:
    batch = imported(my_map(), by=manager, at=now, name="classes.kml")

    assert {activity.name: activity.level for activity in Activity.objects.all()} == {
        "Sure and Steady": "ORANGE",
        "Falls class": "RED",
        "Gentle movers": "GREEN",
        "Mill Lane walk": "NONE",
    }
    assert batch.shapes_left_out == 1
    assert {row.outcome: activity_of(row).name for row in batch.rows.all() if row.record_id} == {
        Outcome.PUBLISHED: "Falls class",
        Outcome.DRAFT: "Mill Lane walk",
    }


def test_a_red_pin_is_a_fame_class_whose_leader_nobody_has_confirmed(
    manager: User, now: datetime
) -> None:
    batch = matched(my_map(), by=manager, at=now, name="classes.kml")

    red = decided(batch)[1]

    assert red.fields is not None
    assert red.fields["is_fame"]
    assert red.fields["leader_confirmed_on"] is None


def test_a_pin_without_a_day_is_a_draft_that_says_what_it_needs(
    manager: User, now: datetime
) -> None:
    batch = matched(my_map(), by=manager, at=now, name="classes.kml")

    planned = {row.cells[Column.NAME]: row for row in decided(batch)}

    assert planned["Gentle movers"].outcome == Outcome.DRAFT
    assert planned["Gentle movers"].needs == (
        "The day on which it happens.",
        "The time at which it starts.",
    )
    assert planned["Sure and Steady"].outcome == Outcome.PUBLISHED


def test_a_park_needs_no_day(manager: User, now: datetime) -> None:
    park = Pin(name="Heath Park", style=f"icon-1899-{BLUE}", data={"Form": "Park or open space"})

    batch = matched(kml([("Parks", [park])]), by=manager, at=now, name="parks.kml")

    assert [row.outcome for row in decided(batch)] == [Outcome.PUBLISHED]


def test_colours_mean_what_a_person_says(manager: User, now: datetime) -> None:
    batch = uploaded(my_map(), name="a.kml", by=manager, at=now)
    chosen = {f"#{GREEN}": Meaning.ORANGE, f"#{BLUE}": Meaning.LEAVE_OUT}

    actions.match_columns(batch=batch, columns=batch.columns, answers=batch.answers | chosen)
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=manager, at=now)

    assert Activity.objects.get(name="Gentle movers").level == "ORANGE"
    assert not Activity.objects.filter(name="Mill Lane walk").exists()
    assert list(batch.rows.left_out().values_list("reasons", flat=True)) == [
        ["Blue pins (#0288D1) are left out, as chosen."]
    ]


def test_the_colours_of_a_map_that_comes_again_mean_what_they_meant(
    manager: User, now: datetime
) -> None:
    batch = uploaded(my_map(), name="a.kml", by=manager, at=now)
    columns = {heading: Column(column) for heading, column in batch.columns.items()}
    chosen = dict.fromkeys(map(str, batch.answers), Meaning.GREEN)
    actions.match_columns(batch=batch, columns=columns, answers=chosen)
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=manager, at=now)

    again = uploaded(my_map(), name="b.kml", by=manager, at=now)

    assert set(again.answers.values()) == {Meaning.GREEN}


def test_where_every_pin_is_blue_the_layers_say_the_level(manager: User, now: datetime) -> None:
    layers = [
        ("Red – FaME", [Pin(name="A", style=f"icon-1899-{BLUE}")]),
        ("Orange", [Pin(name="B", style=f"icon-1899-{BLUE}", latitude=53.3)]),
        ("Walks", [Pin(name="C", style=f"icon-1899-{BLUE}", latitude=53.4)]),
    ]

    batch = imported(kml(layers), by=manager, at=now, name="a.kml")

    assert batch.answers == {f"#{BLUE}": Meaning.LAYER}
    assert list(Activity.objects.order_by("name").values_list("name", "level")) == [
        ("A", "RED"),
        ("B", "ORANGE"),
        ("C", "NONE"),
    ]


def test_importing_the_same_map_twice_changes_nothing(manager: User, now: datetime) -> None:
    imported(my_map(), by=manager, at=now, name="classes.kml")
    versions = list(Activity.objects.order_by("pk").values_list("pk", "version"))

    batch = imported(my_map(), by=manager, at=now, name="classes.kml")

    assert {row.outcome for row in batch.rows.all()} == {Outcome.UNCHANGED}
    assert list(Activity.objects.order_by("pk").values_list("pk", "version")) == versions
    assert Venue.objects.count() == 4


def test_a_pin_that_changes_its_colour_changes_its_level(manager: User, now: datetime) -> None:
    imported(my_map(), by=manager, at=now, name="classes.kml")
    green, orange = f"icon-960-{GREEN}".encode(), f"icon-960-{ORANGE}".encode()
    tint = (b"ff589d0f", b"ff007cf5")

    imported(my_map().replace(green, orange).replace(*tint), by=manager, at=now, name="classes.kml")

    assert Activity.objects.get(name="Gentle movers").level == "ORANGE"


def test_the_postcode_in_its_description_is_found(manager: User, now: datetime) -> None:
    imported(my_map(), by=manager, at=now, name="classes.kml")

    assert Venue.objects.get(name="Millbeck Hall").postcode == "NG20 8PA"
    # Without one a venue has its point alone.
    assert Venue.objects.get(name="Heath End Centre").postcode == ""


def test_a_postcode_far_from_its_pin_is_somebody_elses(manager: User, now: datetime) -> None:
    pin = Pin(name="A", description="Ring our office, SW1A 1AA")

    imported(kml([("", [pin])]), by=manager, at=now, name="a.kml")

    assert Venue.objects.get().postcode == ""


@pytest.mark.parametrize(
    ("metres", "is_same"), [(0, True), (140, True), (160, False)], ids=["here", "near", "far"]
)
def test_a_venue_of_that_name_within_150_metres_is_the_same(
    metres: int, is_same: bool, manager: User, now: datetime
) -> None:
    hall = make.venue(name="Heath End Centre", town="Elsewhere", postcode="S41 0AA")
    Venue.objects.filter(pk=hall.pk).update(latitude=53.21 + metres / 111_195)
    batch = matched(kml([("", CLASSES[1:2])]), by=manager, at=now, name="a.kml")

    [row] = decided(batch)

    assert row.venue is not None
    assert (row.venue.pk == hall.pk) is is_same


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        (-1.2324, 53.2, "the wrong way round"),
        (48.85, 2.35, "not in Great Britain"),
        (0.0, 0.0, "not in Great Britain"),
        # Dublin, Belfast, Calais, the North Sea.
        (53.35, -6.26, "no postcode of Great Britain is near it"),
        (54.6, -5.93, "no postcode of Great Britain is near it"),
        (50.95, 1.86, "no postcode of Great Britain is near it"),
        (55.5, 1.5, "no postcode of Great Britain is near it"),
    ],
)
def test_a_pin_that_cannot_be_right_is_left_out_and_says_why(
    latitude: float, longitude: float, reason: str, manager: User, now: datetime
) -> None:
    pin = Pin(name="A", latitude=latitude, longitude=longitude)
    batch = matched(kml([("", [pin])]), by=manager, at=now, name="a.kml")

    assert [reason in sentence for sentence in reasons_of(batch)] == [True]


def test_two_pins_of_one_name_in_two_places_are_two_activities(
    manager: User, now: datetime
) -> None:
    pins = [Pin(name="Chair exercise"), Pin(name="Chair exercise", latitude=53.5)]

    batch = imported(kml([("", pins)]), by=manager, at=now, name="a.kml")

    assert {row.outcome for row in batch.rows.all()} == {Outcome.DRAFT}
    assert Activity.objects.count() == 2


def test_the_page_shows_each_colour_with_its_count_and_what_it_may_mean(
    client: Client, manager: User, now: datetime
) -> None:
    client.force_login(manager)
    batch = uploaded(my_map(), name="a.kml", by=manager, at=now)
    address = reverse("activities_imports:columns", args=[batch.pk])

    page = client.get(address).content.decode()
    matches = {
        column: str(batch.headings.index(heading)) for heading, column in batch.columns.items()
    }
    names = [f"question-{index}" for index in range(4)]
    answer = client.post(address, {**matches, **dict.fromkeys(names, Meaning.NONE)})

    batch.refresh_from_db()
    assert "Green pins (#0F9D58): 1" in page
    assert 'fill="#0F9D58"' in page
    assert "1 line or area of the map is left out" in page
    assert answer["Location"] == reverse("activities_imports:check", args=[batch.pk])
    assert set(batch.answers.values()) == {Meaning.NONE}
