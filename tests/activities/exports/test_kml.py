"""Whatever people typed, a KML file is well-formed, and says what they typed."""

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree

import pytest
from django.db import models

from hereabouts.activities.columns import table
from hereabouts.activities.exports.kml import OWN_ELEMENTS, as_kml
from hereabouts.activities.exports.metadata import PAGE, Export
from hereabouts.activities.models import Activity, Break, Concession
from hereabouts.core.text import printable
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue
from tests import make

pytestmark = pytest.mark.django_db

OWN = {str(column.label) for column in OWN_ELEMENTS}
KML = "{http://www.opengis.net/kml/2.2}"
CONTROL = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127])) + "\ufffe\uffff\ud800"
NASTY = ["]]>", '<b a="1">&amp;</b>', "'\"`", "<!--", "<?xml?>", "a\rb\r\nc\nd\te", CONTROL]


def an_export(*, publisher: str = "Heath and Vale") -> Export:
    return Export(
        publisher=publisher,
        on=date(2026, 11, 22),
        page_of=lambda activity: f'https://a.example/?a="{activity.pk}"&b=<1>',
    )


def written(activities: Iterable[Activity], export: Export) -> ElementTree.Element:
    return ElementTree.fromstring(b"".join(as_kml(activities, export)))


def fill(record: models.Model, text: str) -> None:
    """Put `text` into every field of it that holds any text."""
    for field in record._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            setattr(record, field.attname, text)


def typed(text: str) -> Activity:
    """A published activity that says `text` wherever somebody can type; nothing of it is saved."""
    made = make.activity(
        provider=make.organisation(),
        contact=Activity.Contact.OWN,
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )
    loaded = Activity.objects.for_pages().get(pk=made.pk)
    assert loaded.venue is not None
    assert loaded.provider is not None
    records = (loaded, loaded.venue, loaded.provider)
    for record in (*records, *loaded.breaks.all(), *loaded.concessions.all()):
        assert isinstance(record, Activity | Venue | Organisation | Break | Concession)
        fill(record, text)
    return loaded


@pytest.mark.parametrize("text", [*NASTY, "".join(NASTY)], ids=[*map(ascii, NASTY), "all"])
def test_nothing_that_is_typed_breaks_the_file(text: str) -> None:
    activity = typed(text)

    root = written([activity], an_export(publisher=text))

    cells = {str(column.label): text for column, text in table.write(activity).items()}
    data = {
        str(element.get("name")): element.findtext(f"{KML}value")
        for element in root.iter(f"{KML}Data")
    }
    assert len(cells) > 50
    assert {heading: data.get(heading, "") for heading in cells if heading not in OWN} == {
        heading: text for heading, text in cells.items() if heading not in OWN
    }
    assert root.findtext(f"{KML}Document/{KML}name") == printable(text)
    assert data[PAGE] == f'https://a.example/?a="{activity.pk}"&b=<1>'


def test_a_carriage_return_comes_back_as_one() -> None:
    root = written([], an_export(publisher="Heath\rVale\r\nand\nothers"))

    assert root.findtext(f".//{KML}name") == "Heath\rVale\r\nand\nothers"


def test_the_file_comes_pin_by_pin() -> None:
    activities = [make.activity(name=name) for name in ("First", "Second")]
    asked: list[str] = []

    def one_by_one() -> Iterable[Activity]:
        for activity in activities:
            asked.append(activity.name)
            yield activity

    pieces = as_kml(one_by_one(), an_export())

    assert b"<Placemark" not in next(pieces)
    assert asked == []
    assert next(pieces).count(b"</Placemark>") == 1
    assert asked == ["First"]
