"""Forms of the back office: dates, versions, and how to show two people's answers together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hereabouts.core.text import printable

# The largest value of a PositiveIntegerField in every database.
LAST_VERSION = 2_147_483_647


class DateInput(forms.DateInput):
    """The browser's date picker; Wagtail's needs an inline script, which the CSP forbids."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # The format of `<input type=date>` in every language.
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class VersionedForm(forms.ModelForm[Any]):
    """A form that carries the version of the row that somebody began to edit.

    Strips unprintable characters from typed text.
    """

    # A posted form without a version counts as older than the saved row.
    version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=LAST_VERSION, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for name, value in cleaned.items():
            if isinstance(self.fields[name], forms.CharField) and isinstance(value, str):
                cleaned[name] = printable(value).strip()
        # The action compares it with the saved version.
        if not self.instance._state.adding and "version" in cleaned:
            self.instance.version = cleaned["version"]
        return cleaned

    def in_words(self) -> dict[str, str]:
        """Label → answer as people read it ("Kind" → "Building"): as typed, or as saved."""
        return {
            capfirst(str(field.label)): _answer_in_words(field) for field in self.visible_fields()
        }


def _answer_in_words(bound: forms.BoundField) -> str:
    """The label of a choice, a date as its widget formats it, or the value itself."""
    value, field = bound.value(), bound.field
    if isinstance(field, forms.BooleanField):
        return _("yes") if field.to_python(value) else _("no")
    if isinstance(field, forms.ModelChoiceField):
        # Iterating `choices` would load thousands of rows for one label.
        return (
            str(field.queryset.filter(pk=value).first() or "") if field.queryset and value else ""
        )
    if isinstance(field, forms.ChoiceField):
        values = value if isinstance(value, list | tuple | set) else [value]
        # The stubs type what may be assigned; reading gives pairs.
        choices = cast(Iterable[tuple[Any, Any]], field.choices)
        names = {str(choice): str(name) for choice, name in choices}
        return ", ".join(names.get(str(code), "") for code in values if code not in (None, ""))
    written = field.widget.format_value(value)
    return str(written or "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A field that two people answered differently."""

    label: str
    saved: str
    yours: str


def differences(*, saved: VersionedForm, yours: VersionedForm) -> Iterator[Difference]:
    """Each field whose saved answer differs from the one in `yours`."""
    typed = yours.in_words()
    for label, answer in saved.in_words().items():
        if answer != typed.get(label, ""):
            yield Difference(label=label, saved=answer, yours=typed.get(label, ""))


def side_by_side(form: Any, *, saved: VersionedForm) -> tuple[Difference, ...]:
    """The differences between `saved` and `form`; then `form`, sent again, overwrites `saved`."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(saved.instance.version)
    return tuple(differences(saved=saved, yours=form))
