"""Plain models in the back office: Wagtail's pages, written through our actions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, cast

import django_filters
from django import forms
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.viewsets.model import ModelViewSet

from hereabouts.accounts.models import User
from hereabouts.audit.edits import EditedMeanwhile
from hereabouts.core.refusals import Refusal
from hereabouts.core.text import printable
from hereabouts.files.formulas import escape_formula

# The largest number that every database keeps in such a column.
LAST_VERSION = 2_147_483_647


class DateInput(forms.DateInput):
    """The browser's own picker: Wagtail's needs a script inside the HTML."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # What browsers send and take, whatever the language.
        super().__init__(attrs=attrs, format="%Y-%m-%d")


def _escape_list(values: Sequence[object]) -> str:
    return escape_formula(", ".join(str(value) for value in values))


# Wagtail's exports run these over each cell that people's words get into. Numbers and dates stay.
ESCAPE_FORMULAS = {
    (str, Promise, models.Model): {"csv": escape_formula, "xlsx": escape_formula},
    list: {"csv": _escape_list, "xlsx": _escape_list},
}


class VersionedForm(forms.ModelForm[Any]):
    """A form that remembers which version of the thing somebody began to work on.

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
        return ", ".join(names.get(str(one), "") for one in values if one not in (None, ""))
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


class _WritesThroughAction:
    """A form view whose saving is one action; a refusal comes back as an error of the form."""

    save: Callable[..., models.Model] | None = None
    request: Any
    form: Any
    error_message: Any

    def save_instance(self) -> models.Model:
        assert self.save is not None
        return self.save(form=self.form, by=self.request.user, at=timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            # Wagtail's view, which is behind us, has no types.
            return super().form_valid(form)  # type: ignore[misc, no-any-return]
        except Refusal as refusal:
            return self.refused(form, refusal)

    def refused(self, form: Any, refusal: Refusal) -> HttpResponse:
        """The form again, with what was typed and why it was not saved."""
        form.add_error(None, str(refusal))
        self.produced_error_message = None
        return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]


class AddView(_WritesThroughAction, generic.CreateView):
    """Wagtail's page for a new thing."""

    template_name = "accounts/backoffice/create.html"


class EditView(_WritesThroughAction, generic.EditView):
    """Wagtail's page for changing a thing."""

    template_name = "accounts/backoffice/edit.html"
    differences: tuple[Difference, ...] = ()

    def refused(self, form: Any, refusal: Refusal) -> HttpResponse:
        if isinstance(refusal, EditedMeanwhile):
            self._take_note_of_saved(form)
        return super().refused(form, refusal)

    def _take_note_of_saved(self, form: Any) -> None:
        saved = self.model._base_manager.get(pk=self.object.pk)
        self.differences = side_by_side(form, saved=type(form)(instance=saved))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "differences": self.differences}


class DeleteView(generic.DeleteView):
    """Wagtail's page for removing a thing."""

    remove: Callable[..., None] | None = None

    def delete_action(self) -> None:
        assert self.remove is not None
        self.remove(thing=self.object, by=self.request.user, at=timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.edit_url_name, self.object.pk)
        return answer


class IndexView(generic.IndexView):
    """Wagtail's list; its spreadsheets carry no formulas."""

    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **generic.IndexView.custom_value_preprocess,
        **ESCAPE_FORMULAS,
    }


class DateRange(DateRangePickerWidget):
    """Two of the browser's own date pickers."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.widgets = [DateInput(), DateInput()]


class HistoryFilterSet(history.HistoryFilterSet):
    """Wagtail's, with the browser's own date pickers."""

    timestamp = django_filters.DateFromToRangeFilter(label=gettext_lazy("Date"), widget=DateRange)


class HistoryView(history.HistoryView):
    """Who did what, when, and what it was before."""

    filterset_class = HistoryFilterSet

    @cached_property
    def columns(self) -> list[Column]:
        what, *who_and_when = super().columns
        return [what, Column("comment", label=gettext_lazy("What changed")), *who_and_when]


class ActionViewSet(ModelViewSet):
    """A model in the back office: list, filter, search, export, history; no writing past actions.

    A context's `wagtail_hooks` names the model, its list and form, and says which action saves
    and which removes. The form of a `Versioned` model is a `VersionedForm`.
    """

    index_view_class = IndexView
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    copy_view_enabled = False
    # Whoever may look and not change reads the thing there.
    inspect_view_enabled = True
    # Our own refusals say what a thing is used by; Wagtail's index would be written at each save.
    add_to_reference_index = False
    # Plain `icontains`: no index to keep, and quotes typed by a person are only quotes.
    search_backend_name = None
    form_class: type[forms.ModelForm[Any]] | None = None

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:
        """The form of the page that adds, and of the page that edits when `for_update`."""
        if self.form_class is not None:
            return self.form_class
        made: type[forms.ModelForm[Any]] = super().get_form_class(for_update)
        return made

    def save(self, *, form: Any, by: User, at: datetime) -> models.Model:
        """Save what a valid form holds (`form.instance`) and return it. May raise a `Refusal`."""
        raise NotImplementedError

    def remove(self, *, thing: Any, by: User, at: datetime) -> None:
        """Remove `thing`. May raise a `Refusal`."""
        raise NotImplementedError

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        known: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return {name: value for name, value in known.items() if name != "usage_url_name"}

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_add_view_kwargs(**kwargs), "save": self.save}

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_edit_view_kwargs(**kwargs), "save": self.save}

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_delete_view_kwargs(**kwargs), "remove": self.remove}

    def get_urlpatterns(self) -> list[Any]:
        return [one for one in super().get_urlpatterns() if one.name != "usage"]
