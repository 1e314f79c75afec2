"""Who checked, in the words of a page: ours are translated, what somebody typed is not."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.translation import trans_real

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.shown import checker_in_words, freshness
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_polish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Polish, with words for what we wrote ourselves; Django has its own for Monday."""
    words = trans_real.translation("pl")._catalog._catalogs[0]  # type: ignore[attr-defined]  # no other way in
    monkeypatch.setitem(words, "the partnership", "partnerstwo")
    monkeypatch.setitem(words, "the organiser", "organizator")


def checked(checker: str, *, on: date) -> str:
    """What the page says of a check, in Polish."""
    activity = make.activity()
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    actions.check(activity=activity, checker=checker, by=None, at=at)
    with translation.override("pl"):
        return freshness(activity, on=on).words


@pytest.mark.usefixtures("in_polish")
def test_who_checked_is_translated_where_we_wrote_it(manager: User) -> None:
    organiser = make.organiser_of(make.organisation())

    shown = [checked(checker_in_words(user), on=date(2025, 3, 4)) for user in (manager, organiser)]

    assert [words.rpartition(" ")[2] for words in shown] == ["partnerstwo", "organizator"]


@pytest.mark.usefixtures("in_polish")
def test_what_somebody_typed_is_shown_as_it_was_typed() -> None:
    assert translation.gettext("Monday") == "Monday"
    with translation.override("pl"):
        assert translation.gettext("Monday") != "Monday"

    assert checked("Monday", on=date(2025, 3, 5)).endswith(" by Monday")
