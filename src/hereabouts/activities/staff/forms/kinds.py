"""Fields that choose kinds of activity: check boxes for kept kinds, a name for any other."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz, process

from hereabouts.activities.kinds import FILTERABLE_BY_IDENTIFIER
from hereabouts.activities.models import Kind

# The least likeness (0 to 100) at which a name is suggested.
LIKE_ENOUGH = 70
SUGGESTED = 3


class KindsField(forms.TypedMultipleChoiceField):
    """Check boxes for kept and chosen kinds; cleans to primary keys."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)

    def offer(self, *, chosen: Iterable[int]) -> None:
        """Offer the filterable kinds and the `chosen` ones, by name."""
        offered = Q(identifier__in=list(FILTERABLE_BY_IDENTIFIER)) | Q(pk__in=list(chosen))
        kinds = Kind.objects.filter(offered).order_by("name", "pk")
        self.choices = [(kind.pk, kind.name) for kind in kinds]


class NameInput(forms.TextInput):
    """A text input whose datalist suggests the names of all other kinds."""

    template_name = "activities/staff/name_input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}-names"
        context["widget"]["attrs"]["list"] = list_id
        others = Kind.objects.exclude(identifier__in=list(FILTERABLE_BY_IDENTIFIER))
        return {**context, "list_id": list_id, "names": others.order_by("name", "pk")}


class OtherKindField(forms.CharField):
    """Any kind of the OpenActive list, by its name; cleans to a `Kind`, or None when empty."""

    widget = NameInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text",
            gettext_lazy("By its name in the OpenActive list, one at a time. Save to add more."),
        )
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        name = super().clean(value).strip()
        if not name:
            return None
        kind = Kind.objects.filter(name__iexact=name).order_by("pk").first()
        if kind is None:
            raise forms.ValidationError(_no_such(name))
        return kind


def _no_such(name: str) -> str:
    """The error message for an unknown kind, with similar names."""
    names = Kind.objects.order_by("name", "pk").values_list("name", flat=True)
    alike = process.extract(
        name, list(names), scorer=fuzz.WRatio, limit=SUGGESTED, score_cutoff=LIKE_ENOUGH
    )
    if not alike:
        return _("The OpenActive list has no kind of that name.")
    likely = ", ".join(found for found, *_score in alike)
    return _("The OpenActive list has no kind of that name. Did you mean: %s?") % likely
