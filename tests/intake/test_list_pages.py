"""The list of the imports, and the history of each."""

from datetime import datetime

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hereabouts.accounts.models import User
from hereabouts.imports.models import ImportBatch
from tests import make
from tests.intake.pages import text_of, url_of


def test_the_list_tells_file_who_state_and_counts(
    signed_in: Client, batch: ImportBatch, manager: User
) -> None:
    text = text_of(signed_in.get(reverse("activities_imports_list:index")))

    for expected in ("timetable.csv", str(manager), "Ready to check", "Import a file"):
        assert expected in text
    assert url_of(batch, "show") in text


def test_the_list_offers_to_filter_by_those_who_uploaded_and_by_nobody_else(
    client: Client, moderator: User, batch: ImportBatch
) -> None:
    make.user(name="Nia Grant")
    client.force_login(moderator)

    text = text_of(client.get(reverse("activities_imports_list:index")))

    assert f'<option value="{batch.uploaded_by_id}">A manager</option>' in text
    assert "Nia Grant" not in text


def test_the_list_costs_the_same_for_many_as_for_few(
    signed_in: Client,
    batch: ImportBatch,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    address = reverse("activities_imports_list:index")
    with django_assert_max_num_queries(100) as few:
        signed_in.get(address)
    for number in range(4):
        ImportBatch.objects.create(
            file_name=f"{number}.csv", uploaded_by=make.user(), uploaded_at=now
        )

    with django_assert_max_num_queries(len(few)):
        signed_in.get(address)


def test_the_list_can_be_exported(signed_in: Client, batch: ImportBatch) -> None:
    response = signed_in.get(reverse("activities_imports_list:index"), {"export": "csv"})

    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a streaming response
    assert b"timetable.csv" in content


def test_the_list_changes_and_removes_nothing(signed_in: Client, batch: ImportBatch) -> None:
    for address in ("new/", f"edit/{batch.pk}/", f"delete/{batch.pk}/"):
        assert signed_in.get(f"/staff/activities/imports/{address}").status_code == 404


def test_the_history_tells_who_uploaded_it(signed_in: Client, batch: ImportBatch) -> None:
    text = text_of(signed_in.get(reverse("activities_imports_list:history", args=[batch.pk])))

    assert "Added" in text
