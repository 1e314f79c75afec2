"""The partnership, its organisations, and people in their positions."""

from datetime import date, datetime

import pytest
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.audit.edits import EditedMeanwhile
from hereabouts.partners import actions, queries
from hereabouts.partners.models import Organisation, Partnership, Person, Position
from tests import make

pytestmark = pytest.mark.django_db


def test_save_partnership_sets_up_the_one(manager: User, now: datetime) -> None:
    partnership = Partnership(
        name="Heath and Vale", area_name="Heath and Vale", phone="0115 496 0142"
    )

    actions.save_partnership(partnership=partnership, by=manager, at=now)

    assert queries.partnership() == partnership
    assert ModelLogEntry.objects.for_instance(partnership).get().action == "hereabouts.create"


def test_save_partnership_changes_the_one(manager: User, now: datetime) -> None:
    partnership = make.partnership(name="Heath and Vale")
    partnership.name = "Heath, Vale and Moor"

    actions.save_partnership(partnership=partnership, by=manager, at=now)

    saved = queries.partnership()
    assert saved is not None
    assert (saved.name, saved.version) == ("Heath, Vale and Moor", 2)


def test_save_organisation_tells_what_changed(manager: User, now: datetime) -> None:
    organisation = make.organisation()
    organisation.sector = Organisation.Sector.VOLUNTARY

    actions.save_organisation(organisation=organisation, by=manager, at=now)

    assert ModelLogEntry.objects.for_instance(organisation).get().data == {
        "changes": {"sector": ["Not stated", "Voluntary and community"]}
    }


def test_remove_organisation_removes_and_remembers(manager: User, now: datetime) -> None:
    organisation = make.organisation(name="Heath End Movers")

    actions.remove_organisation(organisation=organisation, by=manager, at=now)

    assert not Organisation.objects.exists()
    line = ModelLogEntry.objects.get(action="hereabouts.delete")
    assert (line.label, line.user) == ("Heath End Movers", manager)


def test_remove_organisation_refuses_while_somebody_has_a_role_there(
    manager: User, now: datetime
) -> None:
    organisation = make.organisation(name="Heath End Movers")
    make.position(person=make.person(), organisation=organisation)

    with pytest.raises(actions.OrganisationInUse, match="Heath End Movers stays"):
        actions.remove_organisation(organisation=organisation, by=manager, at=now)


def test_remove_organisation_refuses_while_it_runs_something(manager: User, now: datetime) -> None:
    organisation = make.organisation(name="Heath End Movers")
    make.draft(provider=organisation)

    with pytest.raises(actions.OrganisationInUse, match="it runs 1 activity"):
        actions.remove_organisation(organisation=organisation, by=manager, at=now)

    assert Organisation.objects.filter(pk=organisation.pk).exists()
    assert not ModelLogEntry.objects.filter(action="hereabouts.delete").exists()


def _position(organisation: Organisation, title: str = "Walk leader") -> Position:
    return Position(organisation=organisation, title=title, starts_on=date(2026, 1, 5))


def test_save_person_gives_somebody_new_their_roles(manager: User, now: datetime) -> None:
    organisation = make.organisation()

    person = actions.save_person(
        person=Person(name="Orla Reed"), positions=[_position(organisation)], by=manager, at=now
    )

    assert [str(position) for position in person.positions.all()] == [
        "Orla Reed, Walk leader, Heath End Movers"
    ]


def test_save_person_leaves_exactly_these_roles(manager: User, now: datetime) -> None:
    organisation, person = make.organisation(), make.person()
    stays = make.position(person=person, organisation=organisation, title="Walk leader")
    make.position(person=person, organisation=organisation, title="Treasurer")

    actions.save_person(
        person=person, positions=[stays, _position(organisation, "Chair")], by=manager, at=now
    )

    titles = person.positions.order_by("title").values_list("title", flat=True)
    assert list(titles) == ["Chair", "Walk leader"]


def test_save_person_tells_the_trail_of_roles_in_words(manager: User, now: datetime) -> None:
    organisation, person = make.organisation(), make.person()
    position = make.position(person=person, organisation=organisation)
    position.ends_on = date(2026, 11, 30)

    actions.save_person(person=person, positions=[position], by=manager, at=now)

    assert ModelLogEntry.objects.for_instance(person).get().data["changes"] == {
        "roles": [
            "Walk leader, Heath End Movers (5 Jan 2026 – …)",
            "Walk leader, Heath End Movers (5 Jan 2026 – 30 Nov 2026)",
        ]
    }


def test_save_person_refuses_when_somebody_changed_roles_meanwhile(
    manager: User, now: datetime
) -> None:
    organisation, mine = make.organisation(), make.person()
    theirs = Person.objects.get(pk=mine.pk)
    actions.save_person(
        person=theirs, positions=[_position(organisation, "Chair")], by=manager, at=now
    )

    with pytest.raises(EditedMeanwhile):
        actions.save_person(person=mine, positions=[_position(organisation)], by=manager, at=now)

    assert [position.title for position in mine.positions.all()] == ["Chair"]


def test_save_person_writes_nothing_when_nothing_changed(manager: User, now: datetime) -> None:
    person = make.person()
    position = make.position(person=person, organisation=make.organisation())

    actions.save_person(person=person, positions=[position], by=manager, at=now)

    assert not ModelLogEntry.objects.for_instance(person).exists()


def test_remove_person_leaves_whoever_they_signed_in_as(manager: User, now: datetime) -> None:
    user = make.user()
    person = make.person(user=user)
    make.position(person=person, organisation=make.organisation())

    actions.remove_person(person=person, by=manager, at=now)

    assert not Position.objects.exists()
    assert User.objects.filter(pk=user.pk).exists()
