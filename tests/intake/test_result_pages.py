"""The page of an import that is being saved, is saved, or has stopped."""

from datetime import datetime, timedelta

import time_machine
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from hereabouts.imports import actions
from hereabouts.imports.models import ImportBatch
from tests.intake.pages import text_of, url_of
from tests.intake.timetables import csv_of, imported, row


def test_saving_publishes_keeps_drafts_and_tells_the_counts(
    signed_in: Client, batch: ImportBatch
) -> None:
    response = signed_in.post(url_of(batch, "check"), {"then": "save"}, follow=True)

    text = text_of(response)
    draft = Activity.objects.drafts().get()
    assert "1 was published, 1 became a draft, 1 was left out." in text
    assert reverse("drafts:complete", args=[draft.pk]) in text
    assert Activity.objects.published().get().name == "Gentle movers"


def test_saving_what_is_saved_only_says_so(signed_in: Client, manager: User, now: datetime) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)

    response = signed_in.post(url_of(batch, "save"), follow=True)

    assert "This import is saved." in text_of(response)
    assert Activity.objects.count() == 1


def test_choosing_after_saving_only_says_so(
    signed_in: Client, batch: ImportBatch, now: datetime
) -> None:
    actions.start(batch=batch, at=now)

    response = signed_in.post(url_of(batch, "check"), {"then": "keep"})

    assert response["Location"] == url_of(batch, "result")


def test_while_it_is_being_saved_the_page_says_so_and_htmx_hears_nothing_new(
    signed_in: Client, batch: ImportBatch, now: datetime
) -> None:
    with time_machine.travel(now, tick=False):
        actions.start(batch=batch, at=now)

        response = signed_in.get(url_of(batch, "result"))
        asked = signed_in.get(url_of(batch, "result"), headers={"HX-Request": "true"})

    assert "The rows are being saved." in text_of(response)
    assert 'hx-trigger="every 1s"' in text_of(response)
    assert asked.status_code == 204


def test_what_takes_too_long_can_be_tried_again(
    signed_in: Client, manager: User, batch: ImportBatch, now: datetime
) -> None:
    actions.start(batch=batch, at=now)

    with time_machine.travel(now + timedelta(minutes=3)):
        response = signed_in.get(url_of(batch, "result"), headers={"HX-Request": "true"})
    again = signed_in.post(url_of(batch, "save"), follow=True)

    assert "Trying again is safe" in text_of(response)
    assert "1 was published" in text_of(again)


def test_when_it_is_saved_htmx_gets_the_result_alone(
    signed_in: Client, manager: User, now: datetime
) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)

    text = text_of(signed_in.get(url_of(batch, "result"), headers={"HX-Request": "true"}))

    assert "1 was published." in text
    assert "<html" not in text
    assert "hx-trigger" not in text


def test_what_stopped_says_why(signed_in: Client, batch: ImportBatch, now: datetime) -> None:
    actions.start(batch=batch, at=now)
    actions.stop(batch=batch, failure="The disk is full.", at=now)

    text = text_of(signed_in.get(url_of(batch, "result")))

    assert "Nothing was saved." in text
    assert "The disk is full." in text
    assert "Try again" in text


def test_show_leads_to_the_page_where_the_import_is(
    signed_in: Client, batch: ImportBatch, now: datetime
) -> None:
    assert signed_in.get(url_of(batch, "show"))["Location"] == url_of(batch, "check")
    assert signed_in.get(url_of(batch, "result"))["Location"] == url_of(batch, "check")

    actions.start(batch=batch, at=now)

    assert signed_in.get(url_of(batch, "show"))["Location"] == url_of(batch, "result")
    assert signed_in.get(url_of(batch, "check"))["Location"] == url_of(batch, "result")
