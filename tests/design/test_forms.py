"""Django's fields, drawn by the macros."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template import engines

from hereabouts.design.forms import DateInPartsField, component, problems
from hereabouts.design.sample import SampleForm

COMPLETE = {
    "name": "Sam",
    "born_on_day": "27",
    "born_on_month": "3",
    "born_on_year": "1951",
    "distance": "3",
    "answer": "no",
    "words": "Walking",
    "agreed": "on",
}


class Elements(HTMLParser):
    """Every opening tag of a page with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def by_id(self, wanted: str) -> dict[str, str | None]:
        return next(attrs for _tag, attrs in self.found if attrs.get("id") == wanted)

    def ids(self) -> set[str | None]:
        return {attrs["id"] for _tag, attrs in self.found if "id" in attrs}


def draw(macro: str, value: object, more: str = "") -> str:
    """What one macro of forms.jinja writes; `more` is what it takes besides."""
    arguments = ", ".join(filter(None, ("value", more)))
    source = f'{{% from "design/forms.jinja" import {macro} %}}{{{{ {macro}({arguments}) }}}}'
    html: str = engines["jinja2"].from_string(source).render({"value": value})
    return html


def test_every_kind_of_field_is_drawn_with_its_label() -> None:
    html = draw("fields", SampleForm())

    for field in SampleForm():
        assert str(field.label) in html


def test_no_field_carries_a_placeholder_or_the_browsers_own_refusal() -> None:
    class Quiet(forms.Form):
        email = forms.EmailField(widget=forms.EmailInput(attrs={"placeholder": "E-mail"}))

    attributes = Elements(draw("fields", Quiet())).by_id("id_email")

    assert "placeholder" not in attributes
    assert "required" not in attributes
    assert attributes["type"] == "email"


def test_what_the_widget_says_of_itself_reaches_the_page() -> None:
    elements = Elements(draw("fields", SampleForm()))

    assert elements.by_id("id_name")["autocomplete"] == "given-name"
    assert elements.by_id("id_code")["inputmode"] == "numeric"
    assert elements.by_id("id_code")["maxlength"] == "6"


def test_a_form_that_came_back_keeps_what_was_typed() -> None:
    form = SampleForm(COMPLETE | {"needs": ["loop"], "name": "<b>Sam"})

    elements = Elements(draw("fields", form))

    assert elements.by_id("id_name")["value"] == "<b>Sam"
    assert elements.by_id("id_born_on-year")["value"] == "1951"
    assert [
        attrs["value"]
        for tag, attrs in elements.found
        if tag in ("input", "option") and {"checked", "selected"} & attrs.keys()
    ] == ["3", "loop", "no", "on"]


def test_hint_and_error_are_read_out_with_their_field() -> None:
    attributes = Elements(draw("fields", SampleForm({}))).by_id("id_name")

    assert attributes["aria-describedby"] == "id_name-hint id_name-error"


def test_every_link_of_the_summary_leads_to_a_control() -> None:
    form = SampleForm({"born_on_day": "30", "born_on_month": "2", "born_on_year": "1951"})

    summary = Elements(draw("error_summary", form))
    fields = Elements(draw("fields", form))

    links = [str(attrs["href"]) for tag, attrs in summary.found if tag == "a"]
    controls = {attrs["id"] for tag, attrs in fields.found if tag in CONTROLS}
    assert len(links) == len(form.errors)
    assert {link.removeprefix("#") for link in links} <= controls


CONTROLS = ("input", "select", "textarea")


def test_the_summary_counts_and_names_what_no_field_shows() -> None:
    class Hidden(forms.Form):
        page = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self) -> dict[str, Any]:
            raise forms.ValidationError("These two do not go together.")

    html = draw("error_summary", Hidden({"page": "one"}))

    assert "There are 2 things to put right" in html
    assert "These two do not go together." in html
    assert "Enter a whole number." in html


def test_there_is_no_summary_while_nothing_is_wrong() -> None:
    assert draw("error_summary", SampleForm(COMPLETE)).strip() == ""
    assert draw("error_summary", SampleForm()).strip() == ""


class SearchForm(forms.Form):
    near = forms.CharField(
        label="Near",
        max_length=9,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "list": "near-list"}),
    )
    day = forms.ChoiceField(choices=[("mon", "Monday")])
    page = forms.IntegerField(required=False)


def test_the_messages_of_a_search_lead_where_its_page_says() -> None:
    form = SearchForm({"page": "one"}, auto_id="%s")

    found = problems(form, {"near": "near", "day": "filter-day"})

    assert [problem.get("href") for problem in found] == ["#near", "#filter-day", None]


def test_a_box_of_a_search_has_what_its_widget_and_its_page_say() -> None:
    form = SearchForm({"near": "NG20 8PA, Shirebrook"}, auto_id="%s")

    elements = Elements(draw("search_field", form["near"], "'A postcode', ['Warsop']"))

    box = elements.by_id("near")
    assert box["value"] == "NG20 8PA, Shirebrook"
    assert (box["autocomplete"], box["maxlength"]) == ("postal-code", "9")
    assert (box["aria-invalid"], box["aria-describedby"]) == ("true", "near-hint near-error")
    assert {"near-hint", "near-error", box["list"]} <= elements.ids()


def test_a_box_of_a_search_says_only_what_there_is() -> None:
    elements = Elements(draw("search_field", SearchForm(auto_id="%s")["near"]))

    assert elements.ids() == {"near"}
    assert not {"aria-invalid", "aria-describedby"} & elements.by_id("near").keys()


def test_a_widget_that_nothing_draws_is_refused_by_name() -> None:
    class Odd(forms.Form):
        when = forms.DateField(widget=forms.SelectDateWidget)

    with pytest.raises(TypeError, match="SelectDateWidget"):
        component(Odd()["when"])


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("30", "2", "1951", "There is no such date."),
        ("0", "1", "1951", "There is no such date."),
        ("1", "1", "51", "Write the year in full"),
        ("1", "1", "1899", "Write the year in full"),
        ("one", "1", "1951", "Enter a whole number."),
        ("1", "1", "99999", "There is no such date."),
        ("1" * 400, "1", "1951", "There is no such date."),
    ],
)
def test_a_date_in_parts_refuses_what_is_no_date(
    day: str, month: str, year: str, sentence: str
) -> None:
    with pytest.raises(forms.ValidationError, match=sentence):
        DateInPartsField().clean([day, month, year])


def test_a_date_in_parts_is_a_date() -> None:
    assert DateInPartsField().clean(["29", "2", "1952"]) == date(1952, 2, 29)


def test_a_date_in_parts_may_be_left_empty_when_it_is_not_required() -> None:
    assert DateInPartsField(required=False).clean(["", "", ""]) is None
