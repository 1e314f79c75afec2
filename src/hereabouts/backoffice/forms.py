"""Forms of the back office: dates, versions, and two people's answers side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hereabouts.core.text import printable

# The largest number that every database keeps in such a column.
LAST_VERSION = 2_147_483_647


class DateInput(forms.DateInput):
    """The browser's own picker: Wagtail's needs a script inside the HTML."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # What browsers send and take, whatever the language.
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class VersionedForm(forms.ModelForm[Any]):
    """A form that remembers which version of the row somebody began to work on.

    What nobody sees is taken out of the text that is typed.
    """

    # Without one it is taken for older than whatever is saved.
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
        # The action compares it with the saved one.
        if not self.instance._state.adding and "version" in cleaned:
            self.instance.version = cleaned["version"]
        return cleaned

    def in_words(self) -> dict[str, str]:
        """Label → answer, as a person reads it: what was typed, or else what is saved."""
        return {
            capfirst(str(field.label)): _answer_in_words(field) for field in self.visible_fields()
        }


def _answer_in_words(bound: forms.BoundField) -> str:
    """The words of a choice, the date as it is typed, else the answer itself."""
    value, field = bound.value(), bound.field
    if isinstance(field, forms.BooleanField):
        return _("yes") if field.to_python(value) else _("no")
    if isinstance(field, forms.ModelChoiceField):
        # Not by `choices`: a list of thousands would be read for one name.
        return (
            str(field.queryset.filter(pk=value).first() or "") if field.queryset and value else ""
        )
    if isinstance(field, forms.ChoiceField):
        values = value if isinstance(value, list | tuple | set) else [value]
        # Typed as all that may be set; what is read is pairs.
        choices = cast(Iterable[tuple[Any, Any]], field.choices)
        names = {str(choice): str(name) for choice, name in choices}
        return ", ".join(names.get(str(code), "") for code in values if code not in (None, ""))
    written = field.widget.format_value(value)
    return str(written or "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """An answer that two people gave differently."""

    label: str
    saved: str
    yours: str


def differences(*, saved: VersionedForm, yours: VersionedForm) -> Iterator[Difference]:
    """What is saved and what you typed, side by side, where they differ."""
    typed = yours.in_words()
    for label, answer in saved.in_words().items():
        if answer != typed.get(label, ""):
            yield Difference(label=label, saved=answer, yours=typed.get(label, ""))


def side_by_side(form: Any, *, saved: VersionedForm) -> tuple[Difference, ...]:
    """What is saved beside what was typed in `form`, whose next sending overwrites it."""
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(saved.instance.version)
    return tuple(differences(saved=saved, yours=form))
