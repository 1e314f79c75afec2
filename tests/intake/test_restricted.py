"""What comes of a file whose uploader may not change activities by hand: drafts, nothing else."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts import actions as accounts
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.activities.models import Activity
from hereabouts.finder.models import FinderEntry
from hereabouts.imports import actions, tasks
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.places.models import AccessFact
from tests import make
from tests.intake.timetables import csv_of, decided, imported, matched, row

Outcome = ImportRow.Outcome
MAY_NOT_PUBLISH = "You may not publish, so it comes in as a draft."
MAY_NOT_CHANGE = "It is here already, and you may not change it. Ask a moderator to import it."


def test_a_complete_row_comes_in_as_a_draft(analyst: User, now: datetime) -> None:
    batch = imported(csv_of([row()]), by=analyst, at=now)

    draft = Activity.objects.get()
    assert draft.state == Activity.State.DRAFT
    assert str(draft.venue) == "Millbeck Hall, Shirebrook"
    assert batch.rows.get().outcome == Outcome.DRAFT
    assert not FinderEntry.objects.exists()


def test_the_plan_says_why_it_is_only_a_draft(analyst: User, now: datetime) -> None:
    batch = matched(csv_of([row(), row(NAME="Untimed", START="", END="")]), by=analyst, at=now)

    complete, untimed = decided(batch)

    assert MAY_NOT_PUBLISH in complete.remarks
    assert MAY_NOT_PUBLISH not in untimed.remarks
    assert untimed.needs == ("The time at which it starts.",)


def test_what_is_here_already_stays_as_it_is(analyst: User, moderator: User, now: datetime) -> None:
    imported(csv_of([row()]), by=moderator, at=now)
    before = Activity.objects.values().get()

    batch = imported(csv_of([row(COST="£9")]), by=analyst, at=now)

    saved = batch.rows.get()
    assert (saved.outcome, saved.reasons) == (Outcome.REJECTED, [MAY_NOT_CHANGE])
    assert Activity.objects.values().get() == before


def test_an_activity_that_is_named_by_its_identifier_stays_as_it_is(
    analyst: User, now: datetime
) -> None:
    known = make.activity()

    batch = imported(csv_of([row(IDENTIFIER=str(known.public_id))]), by=analyst, at=now)

    assert batch.rows.get().reasons == [MAY_NOT_CHANGE]
    known.refresh_from_db()
    assert known.name == "Sure and Steady"


def test_the_same_file_twice_changes_nothing(analyst: User, now: datetime) -> None:
    imported(csv_of([row()]), by=analyst, at=now)

    again = imported(csv_of([row()]), by=analyst, at=now)

    assert again.rows.get().outcome == Outcome.UNCHANGED
    assert Activity.objects.count() == 1


def test_no_leader_is_confirmed(analyst: User, now: datetime) -> None:
    red = row(LEVEL="FaME", LEADER="Postural Stability Instructor", LEADER_CONFIRMED="1 June 2026")
    batch = matched(csv_of([red]), by=analyst, at=now)

    [planned] = decided(batch)
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=analyst, at=now)

    assert any("You may not confirm leaders" in remark for remark in planned.remarks)
    assert Activity.objects.get().leader_confirmed_on is None


def test_a_moderators_file_still_confirms_a_leader(moderator: User, now: datetime) -> None:
    red = row(LEVEL="FaME", LEADER="Postural Stability Instructor", LEADER_CONFIRMED="1 June 2026")

    imported(csv_of([red]), by=moderator, at=now)

    assert Activity.objects.get().leader_confirmed_on == date(2026, 6, 1)


def test_what_we_know_of_a_venue_stays_as_it_is(analyst: User, now: datetime) -> None:
    make.venue(name="Millbeck Hall", has_not=[AccessFact.Fact.STEP_FREE])
    batch = matched(
        csv_of([row(ACCESS=f"{AccessFact.Fact.STEP_FREE.label}: yes (1 June 2026)")]),
        by=analyst,
        at=now,
    )

    [planned] = decided(batch)
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=analyst, at=now)

    assert planned.outcome == Outcome.DRAFT, planned.reasons
    assert any("You may not change venues" in remark for remark in planned.remarks)
    assert not AccessFact.objects.get().is_there


def test_whoever_uploaded_it_decides_not_whoever_saves_it(
    analyst: User, moderator: User, now: datetime
) -> None:
    batch = matched(csv_of([row()]), by=analyst, at=now)
    actions.start(batch=batch, at=now)

    actions.save_rows(batch=batch, by=moderator, at=now)

    assert Activity.objects.get().state == Activity.State.DRAFT


def test_what_they_may_do_when_it_is_saved_counts(
    moderator: User, manager: User, now: datetime
) -> None:
    batch = matched(csv_of([row()]), by=moderator, at=now)
    assert [change.publishes for change in decided(batch)] == [True]
    accounts.give_roles(user=moderator, roles=[Role.ANALYST], by=manager, at=now)

    actions.start(batch=batch, at=now)
    tasks.save_import.call(batch.pk, moderator.pk)

    assert Activity.objects.get().state == Activity.State.DRAFT


def test_nobody_without_permission_saves_what_somebody_else_uploaded(
    analyst: User, moderator: User, now: datetime
) -> None:
    batch = matched(csv_of([row()]), by=moderator, at=now)
    actions.start(batch=batch, at=now)

    with pytest.raises(actions.SomebodyElses):
        actions.save_rows(batch=batch, by=analyst, at=now)

    assert not Activity.objects.exists()


def test_a_file_whose_uploader_is_not_known_any_more_brings_drafts(
    moderator: User, now: datetime
) -> None:
    batch = matched(csv_of([row()]), by=moderator, at=now)
    ImportBatch.objects.update(uploaded_by=None)
    batch.refresh_from_db()

    [planned] = decided(batch)

    assert planned.outcome == Outcome.DRAFT


# ── On the pages ──


@pytest.fixture
def signed_in(client: Client, analyst: User) -> Client:
    client.force_login(analyst)
    return client


def test_an_analyst_uploads_looks_it_over_and_saves_drafts(signed_in: Client) -> None:
    file = BytesIO(csv_of([row()]))
    file.name = "timetable.csv"
    upload = signed_in.get(reverse("activities_imports:upload")).content.decode()
    signed_in.post(reverse("activities_imports:upload"), {"file": file})
    batch = ImportBatch.objects.get()
    columns = {column: batch.headings.index(heading) for heading, column in batch.columns.items()}

    check = signed_in.post(
        reverse("activities_imports:columns", args=[batch.pk]), columns, follow=True
    ).content.decode()
    result = signed_in.post(
        reverse("activities_imports:check", args=[batch.pk]), {"then": "save"}, follow=True
    ).content.decode()

    draft = Activity.objects.drafts().get()
    assert "What is new becomes a draft, which a moderator publishes." in upload
    assert MAY_NOT_PUBLISH in check
    assert "1 became a draft." in result
    assert "Drafts that wait for a moderator" in result
    assert reverse("activity:inspect", args=[draft.pk]) in result
    assert "/staff/activities/drafts/" not in result.split("<main")[-1]


@pytest.mark.parametrize("name", ["show", "columns", "check", "result", "save", "left_out"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_analyst_does_not_open_what_somebody_else_uploaded(
    name: str, method: str, signed_in: Client, moderator: User, now: datetime
) -> None:
    batch = matched(csv_of([row()]), by=moderator, at=now)
    more = ["csv"] if name == "left_out" else []
    address = reverse(f"activities_imports:{name}", args=[batch.pk, *more])

    response = getattr(signed_in, method)(address)

    assert response.status_code in {404, 405}
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.MATCHED


def test_the_list_leads_an_analyst_only_to_their_own(
    signed_in: Client, analyst: User, moderator: User, now: datetime
) -> None:
    own, other = (matched(csv_of([row()]), by=user, at=now) for user in (analyst, moderator))

    page = signed_in.get(reverse("activities_imports_list:index")).content.decode()

    assert reverse("activities_imports:show", args=[own.pk]) in page
    assert reverse("activities_imports:show", args=[other.pk]) not in page


def test_the_first_page_and_the_menu_lead_an_analyst_to_imports_and_not_to_drafts(
    signed_in: Client,
) -> None:
    page = signed_in.get("/staff/").content.decode()

    assert page.count(reverse("activities_imports:upload")) == 2
    assert reverse("activities_imports_list:index") in page
    assert reverse("drafts:list") not in page
