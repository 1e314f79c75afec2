"""Forms for the partnership, organisations, school terms, and people with their positions."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from hereabouts.backoffice.forms import DateInput, VersionedForm
from hereabouts.core.text import printable
from hereabouts.partners import queries
from hereabouts.partners.models import Organisation, Partnership, Person, Position, Term

BLANK_POSITIONS = 2


class PartnershipForm(VersionedForm):
    """The form of the partnership and its phone."""

    class Meta:
        model = Partnership
        fields = ("name", "area_name", "phone", "phone_hours", "email")


class OrganisationForm(VersionedForm):
    """The form of an organisation."""

    class Meta:
        model = Organisation
        fields = ("name", "sector", "phone", "email", "website")


class TermForm(forms.ModelForm[Term]):
    """The form of a school term."""

    class Meta:
        model = Term
        fields = ("name", "starts_on", "ends_on")
        widgets = {"starts_on": DateInput, "ends_on": DateInput}

    def clean_name(self) -> str:
        return printable(self.cleaned_data["name"]).strip()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("This is before the first day."))
        return cleaned


class PositionForm(forms.ModelForm[Position]):
    """One row of a person's positions."""

    class Meta:
        model = Position
        fields = ("organisation", "title", "starts_on", "ends_on")
        widgets = {"starts_on": DateInput, "ends_on": DateInput}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("This is before the first day."))
        return cleaned


PositionFormSet = forms.inlineformset_factory(
    Person, Position, form=PositionForm, extra=BLANK_POSITIONS, can_delete=True
)


class PersonForm(VersionedForm):
    """The form of a contact with their past, current and future positions."""

    class Meta:
        model = Person
        fields = ("name", "email", "phone", "user")

    def __init__(
        self, data: MultiValueDict[str, Any] | None = None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(data, *args, **kwargs)
        self.position_forms = PositionFormSet(data, instance=self.instance, prefix="positions")

    @property
    def media(self) -> forms.Media:
        return super().media + self.position_forms.media

    def is_valid(self) -> bool:
        # Validate both in any case, so that all errors show at once.
        is_valid, are_valid = super().is_valid(), self.position_forms.is_valid()
        return is_valid and are_valid

    def positions(self) -> list[Position]:
        """The positions as typed: saved ones that stay, and new ones."""
        return [
            position_form.instance
            for position_form in self.position_forms.forms
            if position_form.cleaned_data and not position_form.cleaned_data.get("DELETE")
        ]

    def in_words(self) -> dict[str, str]:
        positions = (
            self.positions()
            if self.is_bound
            else [position_form.instance for position_form in self.position_forms.initial_forms]
        )
        return {**super().in_words(), _("Roles"): queries.positions_in_words(positions)}
