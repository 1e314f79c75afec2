"""Saving what two people may edit at once."""

import pytest
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.audit import edits
from hereabouts.places.models import Venue
from tests import make

pytestmark = pytest.mark.django_db


def test_save_counts_the_version_up(manager: User) -> None:
    venue = make.venue()
    venue.name = "Millbeck Village Hall"

    edits.save(instance=venue, by=manager)

    assert Venue.objects.get(pk=venue.pk).version == venue.version == 2


def test_save_refuses_when_somebody_else_saved_meanwhile(manager: User) -> None:
    mine = make.venue(name="Millbeck Hall")
    theirs = Venue.objects.get(pk=mine.pk)
    theirs.name = "Theirs"
    edits.save(instance=theirs, by=manager)
    mine.name = "Mine"

    with pytest.raises(edits.EditedMeanwhile):
        edits.save(instance=mine, by=manager)

    assert Venue.objects.get(pk=mine.pk).name == "Theirs"


def test_save_writes_nothing_when_nothing_changed(manager: User) -> None:
    venue = make.venue()

    edits.save(instance=venue, by=manager)

    assert venue.version == 1
    assert not ModelLogEntry.objects.for_instance(venue).exists()


def test_save_counts_what_changes_beside_the_row(manager: User) -> None:
    venue = make.venue()

    edits.save(instance=venue, by=manager, also={"Parking": (None, "yes")})

    assert venue.version == 2
    assert ModelLogEntry.objects.for_instance(venue).get().data == {
        "changes": {"Parking": [None, "yes"]}
    }


def test_save_of_something_new_is_one_line_and_its_first_version(manager: User) -> None:
    venue = Venue(name="Hall", postcode="NG20 8PA", latitude=53.2, longitude=-1.23)

    edits.save(instance=venue, by=manager)

    line = ModelLogEntry.objects.for_instance(venue).get()
    assert (line.action, line.user, venue.version) == ("hereabouts.create", manager, 1)
