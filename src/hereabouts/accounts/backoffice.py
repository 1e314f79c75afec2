"""Plain models in the back office: Wagtail's pages, written through our actions."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.forms import ModelForm
from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from hereabouts.accounts.models import User
from hereabouts.core.refusals import Refusal

# What a spreadsheet would run as a formula when a cell begins with it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(value: str) -> str:
    """`value` as text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


class _WritesThroughAction:
    """A form view whose saving is one action; a refusal comes back as an error of the form."""

    save: Callable[..., models.Model] | None = None
    request: Any
    form: Any

    def save_instance(self) -> models.Model:
        assert self.save is not None
        return self.save(form=self.form, by=self.request.user, at=timezone.now())

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            # Wagtail's view, which is behind us, has no types.
            return super().form_valid(form)  # type: ignore[misc, no-any-return]
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]


class AddView(_WritesThroughAction, generic.CreateView):
    """Wagtail's page for a new thing."""


class EditView(_WritesThroughAction, generic.EditView):
    """Wagtail's page for changing a thing."""


class DeleteView(generic.DeleteView):
    """Wagtail's page for removing a thing."""

    remove: Callable[..., None] | None = None

    def delete_action(self) -> None:
        assert self.remove is not None
        self.remove(thing=self.object, by=self.request.user, at=timezone.now())


class IndexView(generic.IndexView):
    """Wagtail's list; its spreadsheets carry no formulas."""

    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **generic.IndexView.custom_value_preprocess,
        str: {"csv": inert, "xlsx": inert},
    }


class ActionViewSet(ModelViewSet):
    """A model in the back office: list, filter, search, export, history; no writing past actions.

    A context's `wagtail_hooks` names the model, its list and form, and says which action saves
    and which removes.
    """

    index_view_class = IndexView
    add_view_class = AddView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_enabled = False
    # Plain `icontains`: no index to keep, and quotes typed by a person are only quotes.
    search_backend_name = None

    def save(self, *, form: "ModelForm[Any]", by: User, at: datetime) -> models.Model:
        """Save what a valid form holds (`form.instance`) and return it. May raise a `Refusal`."""
        raise NotImplementedError

    def remove(self, *, thing: models.Model, by: User, at: datetime) -> None:
        """Remove `thing`."""
        raise NotImplementedError

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_add_view_kwargs(**kwargs), "save": self.save}

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_edit_view_kwargs(**kwargs), "save": self.save}

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_delete_view_kwargs(**kwargs), "remove": self.remove}
