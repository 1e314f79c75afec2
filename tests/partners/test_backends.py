"""Organisers may act for organisations where they have a current position, and for no other."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import PERMISSIONS, Role, Scope
from hereabouts.partners.models import Organisation
from tests import make

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
THEIRS = {action for action, row in PERMISSIONS.items() if row[Role.ORGANISER] is not Scope.NOWHERE}


@pytest.fixture
def organisation() -> Organisation:
    return make.organisation()


def _organiser(
    organisation: Organisation, *, starts_on: date = date(2026, 1, 5), ends_on: date | None = None
) -> User:
    user = make.user()
    person = make.person(user=user)
    make.position(person=person, organisation=organisation, starts_on=starts_on, ends_on=ends_on)
    return user


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "may"),
    [
        pytest.param(date(2026, 1, 5), None, True, id="current, no end known"),
        pytest.param(date(2026, 1, 5), date(2026, 12, 31), True, id="current, ends later"),
        pytest.param(TODAY, TODAY, True, id="today only"),
        pytest.param(date(2026, 1, 5), date(2026, 11, 22), False, id="ended yesterday"),
        pytest.param(date(2026, 11, 24), None, False, id="starts tomorrow"),
    ],
)
@time_machine.travel(TODAY)
def test_a_role_counts_from_its_first_to_its_last_day(
    organisation: Organisation, starts_on: date, ends_on: date | None, may: bool
) -> None:
    organiser = _organiser(organisation, starts_on=starts_on, ends_on=ends_on)

    assert organiser.has_perm("activities.check_activity", make.draft(provider=organisation)) is may


def test_an_organiser_may_do_exactly_what_the_table_says(organisation: Organisation) -> None:
    organiser = _organiser(organisation)
    offered = make.draft(provider=organisation)

    may = {action for action in PERMISSIONS if organiser.has_perm(action, offered)}

    assert may == THEIRS
    assert may


def test_an_organiser_may_nothing_for_another_organisation(organisation: Organisation) -> None:
    organiser = _organiser(organisation)
    others = make.draft(provider=make.organisation(name="Somebody else"))

    assert not any(organiser.has_perm(action, others) for action in PERMISSIONS)


def test_an_organiser_may_nothing_for_what_nobody_offers(organisation: Organisation) -> None:
    organiser = _organiser(organisation)
    nobodys = make.draft()

    assert not any(organiser.has_perm(action, nobodys) for action in PERMISSIONS)


def test_an_organiser_may_nothing_in_general(organisation: Organisation) -> None:
    organiser = _organiser(organisation)

    assert not any(organiser.has_perm(action) for action in PERMISSIONS)


def test_an_organiser_may_nothing_with_the_organisation_itself(organisation: Organisation) -> None:
    organiser = _organiser(organisation)

    assert not any(organiser.has_perm(action, organisation) for action in PERMISSIONS)


def test_an_organiser_who_may_not_sign_in_may_do_nothing(organisation: Organisation) -> None:
    organiser = _organiser(organisation)
    organiser.is_active = False

    assert not organiser.has_perm("activities.check_activity", make.draft(provider=organisation))


def test_a_contact_who_is_somebody_elses_gives_nothing(organisation: Organisation) -> None:
    _organiser(organisation)

    assert not make.user().has_perm("activities.check_activity", make.draft(provider=organisation))


def test_whoever_is_not_signed_in_may_do_nothing(organisation: Organisation) -> None:
    make.position(person=make.person(), organisation=organisation)

    assert not AnonymousUser().has_perm(
        "activities.check_activity", make.draft(provider=organisation)
    )
