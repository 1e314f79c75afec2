"""What several contexts keep in their models' fields."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from hereabouts.activities.models import Activity
from hereabouts.activities.vocabularies import Condition
from hereabouts.core.fields import ChosenField


def conditions() -> ChosenField:
    field = Activity._meta.get_field("conditions")
    assert isinstance(field, ChosenField)
    return field


@given(st.lists(st.sampled_from(Condition.values)))
def test_what_is_chosen_is_kept_in_the_order_of_the_list_and_once(chosen: list[str]) -> None:
    kept = conditions().in_order(chosen)

    assert set(kept) == set(chosen)
    assert kept == [code for code in Condition.values if code in kept]


def test_what_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(ValidationError, match="HICCUPS is not one of the choices"):
        conditions().in_order(["ASTHMA", "HICCUPS"])


def test_the_database_never_sees_what_is_not_in_the_list() -> None:
    with pytest.raises(ValidationError):
        conditions().pre_save(Activity(conditions=["HICCUPS"]), add=True)


@pytest.mark.django_db
def test_the_database_keeps_a_list() -> None:
    saved = Activity.objects.create(conditions=[Condition.STROKE, Condition.ASTHMA])

    assert saved.conditions == ["ASTHMA", "STROKE"]
    assert Activity.objects.get().conditions == ["ASTHMA", "STROKE"]


def test_nothing_chosen_is_an_empty_list_of_its_own() -> None:
    left, right = Activity(), Activity()

    left.conditions.append("ASTHMA")

    assert right.conditions == []


def test_migrations_know_it_as_the_plain_field() -> None:
    _name, path, _args, kwargs = conditions().deconstruct()

    assert path == "django.db.models.JSONField"
    assert "among" not in kwargs
    assert type(conditions().clone()) is models.JSONField


def test_a_form_shows_a_box_for_each_value_and_needs_none() -> None:
    field = conditions().formfield()

    assert isinstance(field.widget, forms.CheckboxSelectMultiple)
    assert list(field.choices) == Condition.choices
    assert field.clean([]) == []
    assert field.clean(["ASTHMA"]) == ["ASTHMA"]
    with pytest.raises(ValidationError):
        field.clean(["HICCUPS"])
