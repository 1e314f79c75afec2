"""The finder's form."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts import finder
from hereabouts.activities.finding.distances import REACH_BY_CODE, USUAL_REACH, Reach
from hereabouts.activities.finding.filters import SECTION_BY_NAME, section_id
from hereabouts.activities.finding.search import (
    DAY,
    FILTER_BY_NAME,
    FILTERS,
    LAST_PAGE,
    PART,
    PER_PAGE,
    Filter,
    Search,
)
from hereabouts.activities.levels import Level
from hereabouts.finder import Order
from hereabouts.places.queries import Somewhere, Whereabouts, whereabouts

NOT_IN_THE_LIST = gettext_lazy("Choose from the list.")


class TickedField(forms.MultipleChoiceField):
    """The ticked choices of one filter, cleaned to the engine's values."""

    def __init__(self, filter_: Filter) -> None:
        self.filter = filter_
        super().__init__(
            label=filter_.title,
            required=False,
            choices=[(choice.code, choice.label) for choice in filter_.choices],
            error_messages={"invalid_choice": NOT_IN_THE_LIST, "invalid_list": NOT_IN_THE_LIST},
        )

    def clean(self, value: Any) -> frozenset[Any]:
        return self.filter.picked(super().clean(value))


class FinderForm(forms.Form):
    """The place, the distance and every filter; only the place is required."""

    near = forms.CharField(
        label=gettext_lazy("Near"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy(
                "Type your postcode, for example NG20 8PA, or a town or village."
            ),
            "max_length": gettext_lazy("That is too long. Type a postcode, for example NG20 8PA."),
        },
    )
    what = forms.CharField(
        label=gettext_lazy("What (any words)"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "what-list"}),
        error_messages={"max_length": gettext_lazy("Use fewer words.")},
    )
    within = forms.ChoiceField(
        label=gettext_lazy("How far"),
        required=False,
        choices=[(code, code) for code in REACH_BY_CODE],
        error_messages={"invalid_choice": gettext_lazy("Choose how far from the list.")},
    )
    # A part of a day in one parameter, as some URLs have it: "tue-am".
    when = forms.MultipleChoiceField(
        required=False,
        choices=[(f"{day.code}-{part.code}", "") for day in DAY.choices for part in PART.choices],
        error_messages={"invalid_choice": NOT_IN_THE_LIST},
    )
    paused = forms.BooleanField(label=gettext_lazy("Also what is paused for now"), required=False)
    # Nobody types these: an invalid value becomes the default.
    order = forms.CharField(required=False)
    view = forms.CharField(required=False)
    page = forms.CharField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # One search on a page: its boxes have the names of its fields as ids.
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.fields |= {filter_.name: TickedField(filter_) for filter_ in FILTERS}

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """The typed place, or those that were probably meant."""
        return whereabouts(self.data.get("near", ""))

    def clean_near(self) -> Somewhere:
        if self.whereabouts.found is None:
            raise forms.ValidationError(self._unknown_place())
        return self.whereabouts.found

    def clean_what(self) -> str:
        typed = " ".join(self.cleaned_data["what"].split())
        # Words that the index leaves out, such as "the", count as none.
        return typed if finder.terms(typed) else ""

    def clean_within(self) -> Reach:
        return REACH_BY_CODE.get(self.cleaned_data["within"], USUAL_REACH)

    def clean_order(self) -> Order:
        typed = self.cleaned_data["order"]
        return Order(typed) if typed in {order.value for order in Order} else Order.NEAREST

    def clean_level(self) -> frozenset[Level]:
        # Ticking all is ticking none: that includes classes without a confirmed leader.
        levels: frozenset[Level] = self.cleaned_data["level"]
        return levels if len(levels) < len(Level) else frozenset()

    def clean_page(self) -> int:
        typed = self.cleaned_data["page"]
        is_number = re.fullmatch("[0-9]{1,4}", typed) is not None
        return int(typed) if is_number and 1 <= int(typed) <= LAST_PAGE else 1

    def instead(self) -> list[tuple[str, str]]:
        """(name, URL of the same search there) for each place that was probably meant."""
        return [
            (capfirst(place.label), f"?{urlencode(self._at(place), doseq=True)}")
            for place in self.whereabouts.instead
        ]

    @property
    def targets(self) -> Mapping[str, str]:
        """The id of what the messages of a field lead to; a field without a place has none."""
        sections = {name: section_id(section) for name, section in SECTION_BY_NAME.items()}
        near = "near-instead" if self.whereabouts.instead else "near"
        return {"near": near, "what": "what", "when": sections["day"], **sections}

    def typed(self) -> Mapping[str, list[str]]:
        """The values of each filter, invalid ones too, to show them again."""
        names = ("within", "paused", *FILTER_BY_NAME)
        return {name: _as_list(self[name].value()) for name in names}

    @property
    def has_answer(self) -> bool:
        """Can the search run? An invalid filter does not prevent it; an invalid place does."""
        return self.is_bound and not self.errors.keys() & {"near", "what"}

    def search(self, *, per_page: int = PER_PAGE) -> Search:
        """The search without invalid values; call it when `has_answer`."""
        # Fields with an error are missing in cleaned_data.
        cleaned = self.cleaned_data
        when = [day_and_part.split("-") for day_and_part in cleaned.get("when", [])]
        ticked = {filter_.group.value: self._ticked(filter_) for filter_ in FILTERS}
        ticked["days"] |= DAY.picked([day for day, _part in when])
        ticked["parts"] |= PART.picked([part for _day, part in when])
        return Search(
            near=cleaned["near"],
            reach=cleaned.get("within", USUAL_REACH),
            words=cleaned["what"],
            with_paused=cleaned.get("paused", False),
            order=cleaned.get("order", Order.NEAREST),
            shows_map=cleaned.get("view") == "map",
            page=cleaned.get("page", 1),
            per_page=per_page,
            **ticked,
        )

    def _ticked(self, filter_: Filter) -> frozenset[Any]:
        known: frozenset[Any] | None = self.cleaned_data.get(filter_.name)
        return filter_.picked(_as_list(self[filter_.name].value())) if known is None else known

    def _at(self, place: Somewhere) -> dict[str, list[str]]:
        typed = dict(self.data.lists()) if isinstance(self.data, MultiValueDict) else {}
        kept = {name: values for name, values in typed.items() if name in self.fields}
        return {**kept, "near": [place.text], "page": []}

    def _unknown_place(self) -> str:
        if self.whereabouts.instead:
            return _("We are not sure which place you mean. Is it one of these?")
        if self.whereabouts.is_outside:
            return _(
                "We cover England, Scotland and Wales. We do not cover Northern Ireland, "
                "the Isle of Man or the Channel Islands."
            )
        return _("We do not know that place. Please type your postcode, for example NG20 8PA.")


def chosen(parameters: QueryDict) -> dict[str, Any]:
    """The parameters besides the place, as initial data of an unbound form."""
    ticked = {name: parameters.getlist(name) for name in FILTER_BY_NAME}
    return {**{name: parameters.get(name) for name in ("what", "within", "paused")}, **ticked}


def _as_list(value: Any) -> list[str]:
    if value in (None, "", False):
        return []
    return [str(element) for element in value] if isinstance(value, list | tuple) else [str(value)]
