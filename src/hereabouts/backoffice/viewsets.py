"""View sets for plain models: Wagtail's pages, which write through our actions."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.viewsets.model import ModelViewSet

from hereabouts.accounts.models import User
from hereabouts.audit.edits import EditedMeanwhile
from hereabouts.backoffice.forms import DateInput, Difference, side_by_side
from hereabouts.core.refusals import Refusal
from hereabouts.files.formulas import escape_formula


def _escape_list(values: Sequence[object]) -> str:
    return escape_formula(", ".join(str(value) for value in values))


# Wagtail's exports apply these to every cell with typed text. Numbers and dates stay as they are.
ESCAPE_FORMULAS = {
    (str, Promise, models.Model): {"csv": escape_formula, "xlsx": escape_formula},
    list: {"csv": _escape_list, "xlsx": _escape_list},
}


class _WritesThroughAction:
    """A form view that saves by one action; a refusal becomes an error of the form."""

    save: Callable[..., models.Model] | None = None
    request: Any
    form: Any
    error_message: Any

    def save_instance(self) -> models.Model:
        assert self.save is not None
        return self.save(form=self.form, by=self.request.user, at=timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            # The next class in the MRO is Wagtail's view, which has no types.
            return super().form_valid(form)  # type: ignore[misc, no-any-return]
        except Refusal as refusal:
            return self.refused(form, refusal)

    def refused(self, form: Any, refusal: Refusal) -> HttpResponse:
        """The bound form again, with the refusal as its error."""
        form.add_error(None, str(refusal))
        self.produced_error_message = None
        return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]


class AddView(_WritesThroughAction, generic.CreateView):
    """Wagtail's page for a new row."""

    template_name = "backoffice/create.html"


class EditView(_WritesThroughAction, generic.EditView):
    """Wagtail's page for changing a row."""

    template_name = "backoffice/edit.html"
    differences: tuple[Difference, ...] = ()

    def refused(self, form: Any, refusal: Refusal) -> HttpResponse:
        if isinstance(refusal, EditedMeanwhile):
            self._load_saved_version(form)
        return super().refused(form, refusal)

    def _load_saved_version(self, form: Any) -> None:
        saved = self.model._base_manager.get(pk=self.object.pk)
        self.differences = side_by_side(form, saved=type(form)(instance=saved))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "differences": self.differences}


class DeleteView(generic.DeleteView):
    """Wagtail's page for removing a row."""

    remove: Callable[..., None] | None = None

    def delete_action(self) -> None:
        assert self.remove is not None
        self.remove(instance=self.object, by=self.request.user, at=timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.edit_url_name, self.object.pk)
        return answer


class IndexView(generic.IndexView):
    """Wagtail's list, with formulas escaped in its exports."""

    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **generic.IndexView.custom_value_preprocess,
        **ESCAPE_FORMULAS,
    }


class DateRange(DateRangePickerWidget):
    """A range as two of the browser's own date pickers."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.widgets = [DateInput(), DateInput()]


class HistoryFilterSet(history.HistoryFilterSet):
    """Wagtail's filters of a history, with the browser's own date pickers."""

    timestamp = django_filters.DateFromToRangeFilter(label=gettext_lazy("Date"), widget=DateRange)


class HistoryView(history.HistoryView):
    """Wagtail's history page with a column of old and new values."""

    filterset_class = HistoryFilterSet

    @cached_property
    def columns(self) -> list[Column]:
        action, *who_and_when = super().columns
        return [action, Column("comment", label=gettext_lazy("What changed")), *who_and_when]


class ActionViewSet(ModelViewSet):
    """A model in the back office: list, filters, search, export, history, and forms.

    A subclass names the model, its list and its form, and calls an action in `save` and `remove`:
    see `partners.staff.viewsets.TermViewSet`. The form of a `Versioned` model is a `VersionedForm`.
    """

    index_view_class = IndexView
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    copy_view_enabled = False
    # The page for users with the view permission only.
    inspect_view_enabled = True
    # Wagtail's reference index costs a write per save; our refusals name what uses a row.
    add_to_reference_index = False
    # Searches by `icontains`: no index to maintain, and quotation marks have no special meaning.
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

    def remove(self, *, instance: Any, by: User, at: datetime) -> None:
        """Remove `instance`. May raise a `Refusal`."""
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
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]
