"""What staff choose when they import a file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.files.spreadsheets import MAX_BYTES
from hereabouts.imports.importers import FileQuestion, Importer
from hereabouts.imports.models import ImportBatch

SAMPLE_CHARACTERS = 40
SPREADSHEETS, MAPS = ".csv,.xlsx,.ods", ".kml,.kmz,.geojson,.json"


class UploadForm(forms.Form):
    """One spreadsheet, or one map where the importer takes maps."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput,
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose the file with your rows in it."),
        },
    )

    def __init__(self, *args: Any, importer: Importer[Any, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takes_maps = bool(importer.only_in_maps)
        field = self.fields["file"]
        field.widget.attrs["accept"] = f"{SPREADSHEETS},{MAPS}" if takes_maps else SPREADSHEETS
        field.help_text = (
            _(
                "A spreadsheet (csv, xlsx, ods) or a map (kml, kmz, geojson), up to 10 MB and "
                "2,000 rows or pins."
            )
            if takes_maps
            else _("A spreadsheet (csv, xlsx, ods), up to 10 MB and 2,000 rows.")
        )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        # Refused here too, before the whole of it is read.
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Split it into smaller files.")
            )
        return file


class ColumnsForm(forms.Form):
    """Which heading of the file means which column, and the questions about the whole file."""

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        batch: ImportBatch,
        importer: Importer[Any, Any],
        samples: Mapping[str, Sequence[str]],
        questions: Sequence[FileQuestion],
    ) -> None:
        super().__init__(data)
        self._importer = importer
        # Numbered: a browser may change the spaces in a heading that is sent back.
        self._headings = list(batch.headings)
        self._questions = {
            f"question-{index}": question for index, question in enumerate(questions)
        }
        heading_of = {column: heading for heading, column in batch.columns.items()}
        choices = [("", _("Not in the file"))]
        choices += [(str(index), heading) for index, heading in enumerate(batch.headings)]
        for column in self._columns():
            heading = heading_of.get(column.value)
            self.fields[column.value] = forms.ChoiceField(
                label=column.label,
                choices=choices,
                required=column == importer.required,
                initial=str(self._headings.index(heading)) if heading else "",
                help_text=_in_short(samples.get(heading, ()))
                if heading
                else str(importer.help.get(column, "")),
                error_messages={"required": importer.required_error},
            )
        for name, question in self._questions.items():
            likely = next((option.value for option in question.options if option.is_chosen), None)
            self.fields[name] = forms.ChoiceField(
                label=question.label,
                choices=[(option.value, option.label) for option in question.options],
                initial=batch.answers.get(question.key, likely),
            )

    def clean(self) -> dict[str, str]:
        matched: dict[str, Any] = {}
        for column in self._columns():
            index = self.cleaned_data.get(column.value)
            if index and index in matched:
                self.add_error(
                    column.value,
                    _("This heading is matched with “%(column)s” already. Choose one of the two.")
                    % {"column": matched[index].label},
                )
            elif index:
                matched[index] = column
        return self.cleaned_data

    @property
    def columns(self) -> dict[str, str]:
        """Heading → column, as chosen."""
        return {
            self._headings[int(self.cleaned_data[column.value])]: column.value
            for column in self._columns()
            if self.cleaned_data[column.value]
        }

    @property
    def answers(self) -> dict[str, str]:
        """Question about the whole file → answer, as chosen."""
        return {question.key: self.cleaned_data[name] for name, question in self._questions.items()}

    def usual(self) -> list[forms.BoundField]:
        """What most files have, and whatever is matched or wrong."""
        return [self[column.value] for column in self._columns() if self._is_usual(column)]

    def unusual(self) -> list[forms.BoundField]:
        """All else that can be kept."""
        return [self[column.value] for column in self._columns() if not self._is_usual(column)]

    def questions(self) -> list[tuple[str, forms.BoundField]]:
        """(key, the choice of the answer) of each question about the whole file."""
        return [(question.key, self[name]) for name, question in self._questions.items()]

    def _columns(self) -> list[Any]:
        """What only a map has is not asked of a spreadsheet."""
        importer = self._importer
        return [
            column
            for column in importer.columns
            if self._questions or column not in importer.only_in_maps
        ]

    def _is_usual(self, column: Any) -> bool:
        is_filled = bool(self[column.value].value() or self.errors.get(column.value))
        return column in self._importer.usual or is_filled


def read_choices(posted: Mapping[str, str], importer: Importer[Any, Any]) -> dict[int, str]:
    """Row → what was chosen in the select named `choice-<row>`.

    Raises `BadRequest` for what no select of ours sends.
    """
    chosen = {
        int(name.removeprefix("choice-")): value
        for name, value in posted.items()
        if re.fullmatch(r"choice-\d{1,18}", name)
    }
    if not all(map(importer.accepts, chosen.values())):
        raise BadRequest("No such choice for a row.")
    return chosen


def _in_short(samples: Sequence[str]) -> str:
    shown = [Truncator(sample).chars(SAMPLE_CHARACTERS) for sample in samples]
    return _("For example: %(samples)s") % {"samples": "; ".join(shown)} if shown else ""
