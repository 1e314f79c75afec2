"""School terms: what runs in term time only follows them."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError
from django.test import Client
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.partners import actions, queries
from hereabouts.partners.models import Term
from tests import make

pytestmark = pytest.mark.django_db

AUTUMN = {"name": "Autumn 2026", "starts_on": "2026-09-01", "ends_on": "2026-12-18"}


def trail(term: Term) -> list[str]:
    return [entry.action for entry in lines(term.pk)]


def lines(key: int) -> list[ModelLogEntry]:
    """What the audit trail says of a term, oldest first."""
    about_terms = ModelLogEntry.objects.filter(content_type__model="term")
    return list(about_terms.filter(object_id=str(key)).order_by("pk"))


def test_terms_come_in_the_order_of_the_year() -> None:
    spring = make.term(name="Spring", starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 25))
    autumn = make.term()

    assert queries.terms() == [autumn, spring]


def test_a_term_is_saved_and_told(now: datetime, manager: User) -> None:
    term = Term(name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18))
    actions.save_term(term=term, by=manager, at=now)
    term.ends_on = date(2026, 12, 17)

    actions.save_term(term=term, by=manager, at=now)

    assert trail(term) == ["hereabouts.create", "hereabouts.edit"]
    entry = lines(term.pk)[-1]
    assert entry.data["changes"] == {"ends_on": ["18 Dec 2026", "17 Dec 2026"]}
    assert entry.user == manager


def test_a_term_saved_unchanged_writes_nothing(now: datetime) -> None:
    term = make.term()

    actions.save_term(term=term, by=None, at=now)

    assert trail(term) == []


def test_a_removed_term_leaves_its_trail(now: datetime) -> None:
    term = make.term()
    key = term.pk

    actions.remove_term(term=term, by=None, at=now)

    assert queries.terms() == []
    assert [entry.action for entry in lines(key)] == ["hereabouts.delete"]


def test_the_database_refuses_a_term_that_ends_before_it_starts() -> None:
    with pytest.raises(IntegrityError, match="a_term_ends_after_it_starts"):
        make.term(starts_on=date(2026, 9, 1), ends_on=date(2026, 8, 31))


# ── In the back office ──


def test_a_moderator_adds_changes_and_removes_a_term(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    client.post("/staff/term/new/", AUTUMN)
    term = Term.objects.get()
    added = (term.name, term.starts_on, term.ends_on)
    client.post(f"/staff/term/edit/{term.pk}/", AUTUMN | {"ends_on": "2026-12-17"})
    term.refresh_from_db()
    changed = term.ends_on
    client.post(f"/staff/term/delete/{term.pk}/")

    assert added == ("Autumn 2026", date(2026, 9, 1), date(2026, 12, 18))
    assert changed == date(2026, 12, 17)
    assert not Term.objects.exists()
    assert trail(term) == ["hereabouts.create", "hereabouts.edit", "hereabouts.delete"]


def test_a_term_that_ends_before_it_starts_is_refused_in_words(
    client: Client, moderator: User
) -> None:
    client.force_login(moderator)

    page = client.post("/staff/term/new/", AUTUMN | {"ends_on": "2026-08-31"}).content.decode()

    assert "This is before the first day." in page
    assert not Term.objects.exists()


def test_the_list_shows_names_and_days(client: Client, analyst: User) -> None:
    make.term()
    client.force_login(analyst)

    page = client.get("/staff/term/").content.decode()

    assert "Autumn 2026" in page
    assert "School terms" in page


@pytest.mark.parametrize("page", ["new/", "edit/{}/", "delete/{}/"])
def test_an_analyst_looks_and_does_not_change(client: Client, analyst: User, page: str) -> None:
    term = make.term()
    client.force_login(analyst)

    answer = client.post(f"/staff/term/{page}".format(term.pk), AUTUMN)

    assert answer["Location"] == "/staff/"
    assert Term.objects.get() == term


def test_a_term_has_a_history(client: Client, moderator: User, now: datetime) -> None:
    term = make.term()
    term.name = "Michaelmas"
    actions.save_term(term=term, by=moderator, at=now)
    client.force_login(moderator)

    page = client.get(f"/staff/term/history/{term.pk}/").content.decode()

    assert "Michaelmas" in page
