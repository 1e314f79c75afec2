"""Telling the people of a class that its leader is no longer confirmed."""

from datetime import date, datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries, Settings

from hereabouts import finder
from hereabouts.accounts.models import User
from hereabouts.activities import mails, tasks
from hereabouts.activities.actions import publish, retire, save_activity
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of, is_confirmed
from hereabouts.activities.tasks import Notified
from tests import make

# ── A leader who is no longer confirmed ──

# Counts until 22 November 2026, the day before `now`.
LAPSED = date(2025, 11, 22)
NOTHING = Notified(notified=0, not_yet=0)

pytestmark = pytest.mark.django_db


def recipients() -> list[list[str]]:
    return [sorted(message.to) for message in mail.outbox]


def test_a_red_class_with_an_expired_certificate_drops_and_its_people_are_told(
    now: datetime,
) -> None:
    make.partnership()
    provider = make.organisation(email="office@movers.example")
    organiser = make.organiser_of(provider)
    activity = make.red_class(confirmed_on=LAPSED, provider=provider)
    assert activity.venue is not None
    red_ones = finder.Query(
        among=ACTIVITIES,
        point=activity.venue.point,
        within_km=1,
        at=now,
        levels=frozenset({Level.RED}),
    )

    count = tasks.tell_of_lapses(at=now)

    assert not is_confirmed(activity, on=now.date())
    assert finder.nearest(red_ones) == ()
    assert count == Notified(notified=1, not_yet=0)
    assert recipients() == [[organiser.email]]
    message = mail.outbox[0]
    assert message.subject == "Strong and Steady: leader not confirmed"
    for words in (
        "Residents no longer find Strong and Steady (Millbeck Hall, Shirebrook)",
        "“Leader not confirmed”",
        "certificate on 22 November 2025. That counts until 22 November 2026.",
        "Heath and Vale Place Partnership, 0115 496 0142, hello@heathandvale.example",
        f"    http://localhost:8000{address_of(activity)}",
    ):
        assert words in message.body
    assert message.message().get_content_type() == "text/plain"


def test_until_the_last_day_that_counts_nobody_is_told(now: datetime) -> None:
    make.red_class(confirmed_on=LAPSED, email="class@movers.example")

    assert tasks.tell_of_lapses(at=now - timedelta(days=1)) == NOTHING
    assert tasks.tell_of_lapses(at=now) == Notified(notified=1, not_yet=0)


def test_they_are_told_once_for_each_certificate(now: datetime) -> None:
    activity = make.red_class(confirmed_on=LAPSED, email="class@movers.example")
    version = activity.version

    first, second = tasks.tell_of_lapses(at=now), tasks.tell_of_lapses(at=now)

    activity.refresh_from_db()
    assert (first, second) == (Notified(notified=1, not_yet=0), NOTHING)
    # Whoever has its form open may still save.
    assert activity.version == version
    activity.leader_confirmed_on = now.date()
    save_activity(activity=activity, schedules=list(activity.schedules.all()), by=None, at=now)
    next_year = now + timedelta(days=400)
    assert tasks.tell_of_lapses(at=next_year) == Notified(notified=1, not_yet=0)
    assert len(mail.outbox) == 2


def test_only_published_red_classes_that_once_were_confirmed_count(now: datetime) -> None:
    make.red_class(confirmed_on=None, email="a@movers.example")
    make.red_class(confirmed_on=date(2026, 11, 1), email="b@movers.example")
    make.activity(
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=LAPSED,
        email="c@movers.example",
    )
    stopped = make.red_class(confirmed_on=LAPSED, email="d@movers.example")
    retire(activity=stopped, by=None, at=now)

    assert tasks.tell_of_lapses(at=now) == NOTHING
    publish(activity=stopped, by=None, at=now)
    assert tasks.tell_of_lapses(at=now) == Notified(notified=1, not_yet=0)


def test_another_review_period_counts_at_once(now: datetime, settings: Settings) -> None:
    make.red_class(confirmed_on=date(2026, 10, 1), email="class@movers.example")
    settings.LEADER_REVIEW_DAYS = 30

    assert tasks.tell_of_lapses(at=now) == Notified(notified=1, not_yet=0)


def test_all_who_have_a_role_there_and_may_sign_in_are_told(now: datetime) -> None:
    provider = make.organisation(email="office@movers.example")
    here, also_here, left, may_not, elsewhere = (
        make.user(email=f"{name}@example.org") for name in ("b", "a", "left", "may-not", "else")
    )
    for someone in (here, also_here, may_not):
        make.position(person=make.person(user=someone), organisation=provider)
    # Twice there is one e-mail.
    make.position(person=here.person, organisation=provider, title="Trustee")
    gone = make.person(user=left)
    make.position(person=gone, organisation=provider, ends_on=date(2026, 11, 22))
    make.position(person=make.person(user=elsewhere), organisation=make.organisation())
    User.objects.filter(pk=may_not.pk).update(is_active=False)
    make.red_class(confirmed_on=LAPSED, provider=provider)

    tasks.tell_of_lapses(at=now)

    assert recipients() == [["a@example.org", "b@example.org"]]


@pytest.mark.parametrize(
    ("provider_email", "own_email", "addressed"),
    [
        ("office@movers.example", "class@movers.example", ["office@movers.example"]),
        ("", "class@movers.example", ["class@movers.example"]),
        ("", "", ["hello@heathandvale.example"]),
    ],
)
def test_where_nobody_has_a_role_the_next_address_is_taken(
    now: datetime, provider_email: str, own_email: str, addressed: list[str]
) -> None:
    make.partnership()
    provider = make.organisation(email=provider_email)
    make.red_class(confirmed_on=LAPSED, provider=provider, email=own_email)

    tasks.tell_of_lapses(at=now)

    assert recipients() == [addressed]


def test_where_no_address_is_known_it_is_told_once_there_is_one(now: datetime) -> None:
    make.red_class(confirmed_on=LAPSED)

    without = tasks.tell_of_lapses(at=now)
    make.partnership()

    assert without == Notified(notified=0, not_yet=1)
    assert tasks.tell_of_lapses(at=now) == Notified(notified=1, not_yet=0)


@pytest.mark.parametrize(
    "failure",
    [
        OSError("no route"),
        TimeoutError(),
        SMTPException("busy"),
        SMTPRecipientsRefused({}),
    ],
)
def test_a_mail_server_that_fails_loses_nothing_and_doubles_nothing(
    now: datetime, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    for name in ("one", "two", "three"):
        make.red_class(name=name, confirmed_on=LAPSED, email=f"{name}@movers.example")

    def fail_for_two(subject: str, words: str, sender: None, to: list[str]) -> Any:
        if to == ["two@movers.example"]:
            raise failure
        return mail.send_mail(subject, words, sender, to)

    with monkeypatch.context() as broken:
        broken.setattr(mails, "send_mail", fail_for_two)
        first = tasks.tell_of_lapses(at=now)
    second = tasks.tell_of_lapses(at=now)

    assert first == Notified(notified=2, not_yet=1)
    assert second == Notified(notified=1, not_yet=0)
    assert sorted(recipients()) == [
        ["one@movers.example"],
        ["three@movers.example"],
        ["two@movers.example"],
    ]


def test_a_second_run_during_the_first_tells_nobody_twice(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        make.red_class(name=name, confirmed_on=LAPSED, email=f"{name}@movers.example")
    meanwhile: list[Notified] = []

    def send_slowly(subject: str, words: str, sender: None, to: list[str]) -> Any:
        if not meanwhile:
            meanwhile.append(NOTHING)
            meanwhile.append(tasks.tell_of_lapses(at=now))
        return mail.send_mail(subject, words, sender, to)

    monkeypatch.setattr(mails, "send_mail", send_slowly)
    first = tasks.tell_of_lapses(at=now)

    assert first == meanwhile[-1] == Notified(notified=1, not_yet=0)
    assert sorted(recipients()) == [["one@movers.example"], ["two@movers.example"]]


def test_a_certificate_seen_meanwhile_needs_no_e_mail(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        make.red_class(name=name, confirmed_on=LAPSED, email=f"{name}@movers.example")

    def confirm_two(subject: str, words: str, sender: None, to: list[str]) -> None:
        Activity.objects.filter(name="two").update(leader_confirmed_on=now.date())

    monkeypatch.setattr(mails, "send_mail", confirm_two)

    assert tasks.tell_of_lapses(at=now) == Notified(notified=1, not_yet=0)


def test_a_run_that_breaks_off_leaves_it_to_the_next(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.red_class(confirmed_on=LAPSED, email="class@movers.example")

    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(mails, "send_mail", stop)
        with pytest.raises(KeyboardInterrupt):
            tasks.tell_of_lapses(at=now)

    assert tasks.tell_of_lapses(at=now) == Notified(notified=1, not_yet=0)


def test_a_line_break_in_a_name_is_no_header(now: datetime) -> None:
    make.red_class(
        name="Strong\nBcc: all@example.org", confirmed_on=LAPSED, email="class@movers.example"
    )

    tasks.tell_of_lapses(at=now)

    assert mail.outbox[0].subject == "Strong Bcc: all@example.org: leader not confirmed"


def test_when_nobody_is_to_be_told_it_is_one_question(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.red_class(confirmed_on=date(2026, 11, 1))

    with django_assert_num_queries(1):
        tasks.tell_of_lapses(at=now)
