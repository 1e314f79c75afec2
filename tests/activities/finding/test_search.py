"""A search and its address: each gives the other again."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hereabouts import finder
from hereabouts.activities.finding.distances import REACHES, USUAL_REACH
from hereabouts.activities.finding.forms import FinderForm
from hereabouts.activities.finding.search import FILTERS, WEEK, Search
from hereabouts.activities.kinds import FILTERABLE
from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import (
    AgeBand,
    Condition,
    CostBand,
    Form,
    Language,
    PartOfDay,
    Purpose,
)
from hereabouts.finder import Group, Order
from hereabouts.places.models import AccessFact
from hereabouts.places.points import Point
from hereabouts.places.queries import Somewhere, whereabouts

SHIREBROOK = Somewhere(
    label="NG20 8PA", text="NG20 8PA", point=Point(latitude=53.2, longitude=-1.23)
)


def found(text: str) -> Somewhere:
    place = whereabouts(text).found
    assert place is not None
    return place


def some(values: Any) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(list(values)), max_size=4)


# Where nothing is left to look for they are none.
typed_words = (
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: not text or finder.terms(text))
)
searches = st.builds(
    Search,
    # Of a postcode, a part of one, and of what a phone says.
    near=st.sampled_from(["NG20 8PA", "NG20", "53.200, -1.232"]).map(found),
    reach=st.sampled_from(REACHES),
    words=typed_words,
    # All of them is none of them.
    levels=some(Level).filter(lambda levels: len(levels) < len(Level)),
    forms=some(Form),
    kinds=some(concept.code for concept in FILTERABLE),
    purposes=some(Purpose),
    days=some(range(7)),
    parts=some(PartOfDay),
    costs=some(CostBand),
    needs=some(AccessFact.Fact),
    conditions=some(Condition),
    languages=some(Language),
    ages=some(AgeBand),
    with_paused=st.booleans(),
    order=st.sampled_from(Order),
    shows_map=st.booleans(),
    page=st.integers(1, 500),
)


@given(search=searches)
def test_the_address_of_a_search_gives_the_same_search(search: Search) -> None:
    form = FinderForm(QueryDict(search.parameters()))

    assert form.is_valid(), form.errors
    assert form.search() == search


@given(search=searches)
def test_the_same_search_has_one_address(search: Search) -> None:
    again = FinderForm(QueryDict(search.parameters()))
    assert again.is_valid()

    assert again.search().parameters() == search.parameters()


def test_the_address_says_only_what_is_not_as_usual() -> None:
    search = Search(near=SHIREBROOK, reach=USUAL_REACH, words="", order=Order.NEAREST)

    assert search.parameters() == "near=NG20+8PA"


def test_the_engine_is_asked_for_all_that_is_ticked() -> None:
    search = Search(
        near=SHIREBROOK,
        words="chair yoga",
        days=frozenset({1}),
        needs=frozenset({AccessFact.Fact.STEP_FREE}),
        with_paused=True,
        order=Order.SOONEST,
        page=3,
    )

    query = search.query(at=timezone.now())

    assert query.words == "chair yoga"
    assert query.days == {1}
    assert query.needs == {AccessFact.Fact.STEP_FREE}
    assert (query.with_paused, query.order) == (True, Order.SOONEST)
    assert (query.offset, query.limit) == (40, 20)


def test_every_group_that_the_engine_counts_can_be_ticked_or_typed() -> None:
    assert {declared.group for declared in FILTERS} | {Group.WORDS} == set(Group)


def test_taking_a_filter_off_leaves_the_others_and_starts_from_the_first_page() -> None:
    search = Search(
        near=SHIREBROOK,
        levels=frozenset({Level.RED}),
        costs=frozenset({CostBand.FREE}),
        words="tea",
        page=2,
    )

    assert search.without(Group.LEVELS).parameters() == "near=NG20+8PA&what=tea&cost=FREE"
    assert search.without(Group.WORDS).parameters() == "near=NG20+8PA&level=RED&cost=FREE"
    assert search.without_filters().parameters() == "near=NG20+8PA"


@pytest.mark.django_db
@pytest.mark.parametrize("day", WEEK)
def test_a_day_and_its_part_in_one_word_are_both_ticked(client: Client, day: str) -> None:
    page = client.get(f"/find/?near=NG20+8PA&when={day}-eve").content.decode()

    assert f'id="day-{day}" name="day" value="{day}" form="search" checked' in page
    assert 'id="part-eve" name="part" value="eve" form="search" checked' in page
