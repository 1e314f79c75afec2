"""What a draft still needs, on one page: staff fill it in and go on to the next."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.staff.forms import DescribedForm, Group, ScheduleForm
from hereabouts.core.phones import validate_phone
from hereabouts.intake import provenance
from hereabouts.intake.filling import APPROACH_FIELDS
from hereabouts.intake.known import VenueValues, venue_values
from hereabouts.intake.matching.venues import Candidate, VenueIndex
from hereabouts.intake.queries import venue_index
from hereabouts.partners.models import Organisation
from hereabouts.places import postcodes
from hereabouts.places.models import Venue

NEW_VENUE = "new"
# Such as: Strength and Balance, then in brackets Heath End Movers; but not a remark in brackets.
NAME_AND_PROVIDER = re.compile(r"(?P<name>[^()]+?)\s*\((?P<provider>[A-Z][^(),]+)\)")


class CompletionForm(DescribedForm):
    """A draft's gaps: whose it is, where, when, what it is built on, and who says that it runs.

    All else that people ask comes below, for whoever knows it.
    """

    provider_name = forms.CharField(
        label=gettext_lazy("Run by"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The organisation. Leave it empty if nobody has said."),
    )
    provider_phone = forms.CharField(
        label=gettext_lazy("Its phone"),
        max_length=30,
        validators=[validate_phone],
        required=False,
        help_text=gettext_lazy("Kept for a new organisation, or one whose number we do not know."),
    )
    venue_choice = forms.ChoiceField(
        label=gettext_lazy("Where"), required=False, widget=forms.RadioSelect, choices=()
    )
    venue_name = forms.CharField(
        label=gettext_lazy("New venue: its name"), max_length=200, required=False
    )
    venue_town = forms.CharField(
        label=gettext_lazy("Town or village"), max_length=100, required=False
    )
    venue_postcode = forms.CharField(label=gettext_lazy("Postcode"), max_length=20, required=False)
    checker = forms.CharField(
        label=gettext_lazy("Who told you that it runs?"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "In words that residents may read: the class leader. Empty if nobody did."
        ),
    )

    class Meta(DescribedForm.Meta):
        fields = (
            *("name", "summary", "is_low_impact", "is_chair_based", "follows_otago", "is_fame"),
            *DescribedForm.Meta.fields,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.remembered = self.instance.imported_values
        self.line = ScheduleForm(
            self.data if self.is_bound else None,
            instance=self.instance.schedules.order_by("pk").first() or Schedule(),
            prefix="when",
        )
        self.candidates = self._candidates()
        choice = self.fields["venue_choice"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            *((str(candidate.venue.pk), _in_words(candidate)) for candidate in self.candidates),
            (NEW_VENUE, _("A new venue, given below")),
        ]
        self._suggest()

    def is_valid(self) -> bool:
        # Both, so that whoever typed sees all that is to be put right at once.
        own, theirs = super().is_valid(), self.line.is_valid()
        return own and theirs

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self.instance.venue = self._venue(values)
        self.instance.provider = self._provider(values)
        return values

    def schedules(self) -> list[Schedule]:
        """The line on this page, then the other lines as they are saved."""
        line = self.line.instance
        others = self.instance.schedules.exclude(pk=line.pk).order_by("pk")
        is_filled = line.pk or self.line.has_changed()
        return [*([line] if is_filled else []), *others]

    def with_errors(self) -> list[forms.BoundField]:
        """The fields with errors: of this form, of its timetable, and of breaks and prices."""
        lines = [line for several in (self.breaks, self.prices) for line in several]
        return [field for form in (self, self.line, *lines) for field in form if field.errors]

    def venue_fields(self) -> list[forms.BoundField]:
        """The fields of its name and its venue, in the order of the page."""
        return self._fields("name", "venue_choice", "venue_name", "venue_town", "venue_postcode")

    def provider_fields(self) -> list[forms.BoundField]:
        """The fields of who runs it, who says that it runs, and its summary."""
        return self._fields("provider_name", "provider_phone", "checker", "summary")

    def approach_fields(self) -> list[forms.BoundField]:
        """The tick boxes of the approaches."""
        return self._fields(*APPROACH_FIELDS.values())

    def more(self) -> list[Group]:
        """The groups of all other fields: publishing does not need them, residents ask."""
        return self.groups()

    def more_has_errors(self) -> bool:
        """Is there an error in a field of `more`?"""
        return self.is_bound and any(group.has_errors for group in self.more())

    def imported_texts(self) -> dict[str, str]:
        """What the spreadsheet said: heading → text."""
        return provenance.by_heading(self.remembered)

    def _candidates(self) -> list[Candidate]:
        if self.instance.venue:
            return [Candidate(venue=venue_values(self.instance.venue), likeness=100)]
        texts = provenance.by_column(self.remembered)
        return venue_index().candidates(
            name=texts.get(Column.VENUE, ""),
            town=texts.get(Column.TOWN, ""),
            postcode=texts.get(Column.POSTCODE, ""),
        )

    def _suggest(self) -> None:
        """Fill in what the spreadsheet said or hints at; a person confirms it by saving."""
        texts = provenance.by_column(self.remembered)
        self.initial.setdefault("venue_name", texts.get(Column.VENUE, ""))
        self.initial.setdefault("venue_town", texts.get(Column.TOWN, ""))
        self.initial.setdefault("venue_postcode", texts.get(Column.POSTCODE, ""))
        self._suggest_provider()
        if self.instance.venue:
            self.initial.setdefault("venue_choice", str(self.instance.venue.pk))
        else:
            same = self._same_venue(texts)
            self.initial.setdefault("venue_choice", str(same.pk) if same else NEW_VENUE)
        if self.instance.version == 1 and not self.instance.approaches:
            # Only for what nobody has looked at: whoever unticked one had a reason.
            for approach in provenance.suggestions(self.remembered):
                self.initial[APPROACH_FIELDS[approach]] = True

    def _same_venue(self, texts: Mapping[Column, str]) -> VenueValues | None:
        """The candidate of just this name in just this town."""
        return VenueIndex(candidate.venue for candidate in self.candidates).same(
            name=texts.get(Column.VENUE, ""), town=texts.get(Column.TOWN, ""), postcode=""
        )

    def _suggest_provider(self) -> None:
        """Its organisation; where none was given, the one in brackets behind the name."""
        provider = self.instance.provider
        in_brackets = NAME_AND_PROVIDER.fullmatch(self.instance.name)
        if provider is None and in_brackets:
            self.initial["name"] = in_brackets["name"]
            provider = _known_or_new(in_brackets["provider"])
        self.initial.setdefault("provider_name", provider.name if provider else "")
        self.initial.setdefault("provider_phone", provider.phone if provider else "")

    def _venue(self, values: dict[str, Any]) -> Venue | None:
        choice = values.get("venue_choice", "")
        # "A new venue" is chosen beforehand, so without a postcode it says nothing yet: only
        # whoever publishes has to give one.
        says_nothing = choice in ("", NEW_VENUE) and not values.get("venue_postcode")
        if says_nothing and not (choice and "publish" in self.data):
            return None
        if choice and choice != NEW_VENUE:
            return Venue.objects.get(pk=choice)
        return self._new_venue(values)

    def _new_venue(self, values: dict[str, Any]) -> Venue | None:
        """A venue not saved yet; None, with errors beside the fields, where it cannot be."""
        name, typed = values.get("venue_name", ""), values.get("venue_postcode", "")
        if not name:
            self.add_error("venue_name", _("Give the new venue a name."))
        located = postcodes.locate(typed)
        if located is None:
            self.add_error("venue_postcode", _postcode_problem(typed))
        if not name or located is None:
            return None
        return Venue(
            name=name,
            town=values.get("venue_town", ""),
            postcode=located.postcode,
            latitude=located.point.latitude,
            longitude=located.point.longitude,
        )

    def _provider(self, values: dict[str, Any]) -> Organisation | None:
        name = values.get("provider_name", "")
        if not name:
            return None
        current = self.instance.provider
        is_same = current is not None and current.name.casefold() == name.casefold()
        # Two organisations may have one name.
        organisation = current if current and is_same else _known_or_new(name)
        organisation.phone = organisation.phone or values.get("provider_phone", "")
        return organisation


def _known_or_new(name: str) -> Organisation:
    known = Organisation.objects.filter(name__iexact=name).order_by("pk").first()
    return known or Organisation(name=name)


def place_in_words(draft: Activity) -> str:
    """Where it takes place: its venue, or what the spreadsheet said."""
    if draft.venue:
        return str(draft.venue)
    texts = provenance.by_column(draft.imported_values)
    return ", ".join(part for part in (texts.get(Column.VENUE), texts.get(Column.TOWN)) if part)


def _in_words(candidate: Candidate) -> str:
    venue = candidate.venue
    return ", ".join(filter(None, (str(venue), venue.postcode)))


def _postcode_problem(typed: str) -> str:
    if not typed:
        return _("Give its postcode: without it nobody can find the venue.")
    return postcodes.no_such(typed)
