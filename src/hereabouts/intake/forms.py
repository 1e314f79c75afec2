"""What staff choose when they import a file."""

import re
from collections.abc import Mapping, Sequence

from django import forms
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.activities.columns.headings import HELP, OF_MAPS, USUAL, Column
from hereabouts.files.spreadsheets import MAX_BYTES
from hereabouts.intake.actions import ChosenVenue
from hereabouts.intake.matching.pins import Meaning, Pins
from hereabouts.intake.models import ImportBatch, ImportRow
from hereabouts.places.models import Venue

SAMPLE_LETTERS = 40
VenueChoice = ImportRow.VenueChoice


class UploadForm(forms.Form):
    """One spreadsheet or map."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A spreadsheet (csv, xlsx, ods) or a map (kml, kmz, geojson), up to 10 MB and 2,000 "
            "rows or pins."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.ods,.kml,.kmz,.geojson,.json"}),
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
    """Which heading of the file means which of our columns, and each colour of pins which level."""

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        batch: ImportBatch,
        samples: Mapping[str, Sequence[str]],
        pins: Sequence[Pins],
    ) -> None:
        super().__init__(data)
        heading_of = {column: heading for heading, column in batch.columns.items()}
        # Numbered: a browser may change the spaces in a heading that is sent back.
        self._headings = list(batch.headings)
        self._pins = {f"colour-{place}": one for place, one in enumerate(pins)}
        choices = [("", _("Not in the file"))]
        choices += [(str(place), heading) for place, heading in enumerate(batch.headings)]
        for column in self._columns():
            heading = heading_of.get(column.value)
            self.fields[column.value] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=column is Column.NAME,
                initial=str(self._headings.index(heading)) if heading else "",
                help_text=_in_short(samples.get(heading, ()))
                if heading
                else str(HELP.get(column, "")),
                error_messages={
                    "required": _("Choose the heading under which the activities' names are.")
                },
            )
        for name, one in self._pins.items():
            self.fields[name] = forms.ChoiceField(
                label=one.in_words(),
                choices=[
                    (meaning.value, meaning.label)
                    for meaning in Meaning
                    if one.has_layers or meaning != Meaning.LAYER
                ],
                initial=batch.colours.get(one.colour, one.guess.value),
            )

    def clean(self) -> dict[str, str]:
        taken: dict[str, Column] = {}
        for column in self._columns():
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
            for column in self._columns()
            if self.cleaned_data[column.value]
        }

    @property
    def colours(self) -> dict[str, Meaning]:
        """Colour → what its pins mean, as chosen."""
        return {one.colour: Meaning(self.cleaned_data[name]) for name, one in self._pins.items()}

    def usual(self) -> list[forms.BoundField]:
        """What most timetables have, and whatever is matched or wrong."""
        return [self[column.value] for column in self._columns() if self._is_usual(column)]

    def unusual(self) -> list[forms.BoundField]:
        """All else that we can keep."""
        return [self[column.value] for column in self._columns() if not self._is_usual(column)]

    def of_pins(self) -> list[tuple[str, forms.BoundField]]:
        """(colour, the choice of what it means)"""
        return [(one.colour, self[name]) for name, one in self._pins.items()]

    def _columns(self) -> list[Column]:
        """What only a map has is not asked of a spreadsheet."""
        return [one for one in Column if self._pins or one not in OF_MAPS]

    def _is_usual(self, column: Column) -> bool:
        return column in USUAL or bool(self[column.value].value() or self.errors.get(column.value))


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
