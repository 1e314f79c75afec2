"""What staff choose when they import a spreadsheet."""

import re
from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.activities.imports.actions import ChosenVenue
from hereabouts.activities.imports.columns import Column
from hereabouts.activities.imports.spreadsheets import MAX_BYTES
from hereabouts.activities.models import ImportRow
from hereabouts.places.models import Venue

SAMPLE_LETTERS = 40
VenueChoice = ImportRow.VenueChoice


class UploadForm(forms.Form):
    """One spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("A csv, xlsx or ods file, up to 10 MB and 2,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose the file with your activities in it."),
        },
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        # Said here too, before the whole of it is read.
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Split it into smaller files.")
            )
        return file


class ColumnsForm(forms.Form):
    """Which heading of the file means which of our columns."""

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        headings: Sequence[str],
        samples: Mapping[str, Sequence[str]],
        columns: Mapping[str, str],
    ) -> None:
        super().__init__(data)
        heading_of = {column: heading for heading, column in columns.items()}
        # Numbered: a browser may change the spaces in a heading that is sent back.
        self._headings = list(headings)
        choices = [("", _("Not in the file"))]
        choices += [(str(place), heading) for place, heading in enumerate(headings)]
        for column in Column:
            heading = heading_of.get(column.value)
            self.fields[column.value] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=column is Column.NAME,
                initial=str(self._headings.index(heading)) if heading else "",
                help_text=_in_short(samples.get(heading, ())) if heading else "",
                error_messages={
                    "required": _("Choose the heading under which the activities' names are.")
                },
            )

    def clean(self) -> dict[str, str]:
        taken: dict[str, Column] = {}
        for column in Column:
            place = self.cleaned_data.get(column.value)
            if place and place in taken:
                self.add_error(
                    column.value,
                    _("This heading is matched with “%(column)s” already. Choose one of the two.")
                    % {"column": taken[place].label},
                )
            elif place:
                taken[place] = column
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, Column]:
        """Heading → our column, as chosen."""
        return {
            self._headings[int(self.cleaned_data[column.value])]: column
            for column in Column
            if self.cleaned_data[column.value]
        }


def chosen_venues(posted: Mapping[str, str]) -> dict[int, ChosenVenue]:
    """What was chosen in the selects named `venue-<row>`: "new", "later", a venue's key, or "".

    Raises `BadRequest` for what no select of ours sends.
    """
    chosen = {
        int(name.removeprefix("venue-")): value
        for name, value in posted.items()
        if re.fullmatch(r"venue-\d{1,18}", name)
    }
    wanted = {int(value) for value in chosen.values() if re.fullmatch(r"\d{1,18}", value)}
    venues = Venue.objects.in_bulk(wanted)
    return {row: _chosen(value, venues) for row, value in chosen.items()}


def _chosen(value: str, venues: Mapping[int, Venue]) -> ChosenVenue:
    plain = {
        "": VenueChoice.NOT_ASKED,
        "new": VenueChoice.NEW,
        "later": VenueChoice.LATER,
    }
    if value in plain:
        return ChosenVenue(choice=plain[value])
    if not value.isdecimal():
        raise BadRequest("No such choice of a venue.")
    # Removed since the page was made: for later, and the next page says so.
    venue = venues.get(int(value))
    return ChosenVenue(choice=VenueChoice.KNOWN if venue else VenueChoice.LATER, venue=venue)


def _in_short(samples: Sequence[str]) -> str:
    shown = [Truncator(sample).chars(SAMPLE_LETTERS) for sample in samples]
    return _("For example: %(samples)s") % {"samples": "; ".join(shown)} if shown else ""
