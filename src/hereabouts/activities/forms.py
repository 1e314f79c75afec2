"""What residents and organisers type in."""

from urllib.parse import urlencode

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hereabouts.activities.levels import Level
from hereabouts.activities.search import PER_PAGE, Search
from hereabouts.places import postcodes

MILES = (1, 3, 5, 10, 20, 30)
USUAL_MILES = 5


class FinderForm(forms.Form):
    """Near, how far, which levels; every field but the first may be left alone."""

    near = forms.CharField(
        label=_("Your postcode"),
        max_length=100,
        error_messages={
            "required": _("Type your postcode, for example NG20 8PA."),
            "max_length": _("That is too long for a postcode. Type, for example, NG20 8PA."),
        },
    )
    within = forms.TypedChoiceField(
        label=_("How far"),
        required=False,
        coerce=int,
        choices=[(n, ngettext_lazy("%d mile", "%d miles", n) % n) for n in MILES],
        error_messages={"invalid_choice": _("Choose how far from the list.")},
    )
    level = forms.TypedMultipleChoiceField(
        label=_("Kind of class"),
        required=False,
        coerce=Level,
        choices=[
            (Level.GREEN.value, Level.GREEN.label),
            (Level.ORANGE.value, Level.ORANGE.label),
            (Level.RED.value, Level.RED.label),
            (Level.NONE.value, _("Walks, parks and other")),
        ],
        error_messages={"invalid_choice": _("Choose kinds of class from the list.")},
    )
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=500,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("There is no such page of results.")
        ),
    )

    @cached_property
    def located(self) -> postcodes.Located | None:
        """The postcode that was typed, if there is one."""
        return postcodes.locate(self.data.get("near", ""))

    @cached_property
    def likely(self) -> list[postcodes.Located]:
        """Postcodes that were probably meant, when the typed one does not exist."""
        return [] if self.located else postcodes.likely(self.data.get("near", ""))

    def clean_near(self) -> str:
        if self.located is None:
            raise forms.ValidationError(self._unknown_postcode())
        return self.located.postcode

    def clean_within(self) -> int:
        return self.cleaned_data["within"] or USUAL_MILES

    def clean_page(self) -> int:
        return self.cleaned_data.get("page") or 1

    def instead(self) -> list[tuple[str, str]]:
        """(postcode, the address of the same search there) for each postcode probably meant."""
        return [(one.postcode, f"?{urlencode(self._with(one), doseq=True)}") for one in self.likely]

    def search(self, *, per_page: int = PER_PAGE) -> Search:
        """What was asked for; call it on a valid form."""
        assert self.located is not None
        # All of them is the same as none of them: a class without a confirmed leader is there too.
        levels = frozenset(self.cleaned_data["level"])
        return Search(
            near=self.located,
            within_miles=self.cleaned_data["within"],
            levels=levels if len(levels) < len(Level) else frozenset(),
            page=self.cleaned_data["page"],
            per_page=per_page,
        )

    def _with(self, located: postcodes.Located) -> dict[str, list[str]]:
        typed = dict(self.data.lists()) if isinstance(self.data, MultiValueDict) else {}
        kept = {name: typed[name] for name in ("within", "level") if name in typed}
        return {"near": [located.postcode], **kept}

    def _unknown_postcode(self) -> str:
        if self.likely:
            return _now("We do not know that postcode. Did you mean one of these?")
        return _now("We do not know that postcode. Type all of it, for example NG20 8PA.")
