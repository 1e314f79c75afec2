"""A venue as staff describe it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.accounts.backoffice import VersionedForm
from hereabouts.places import postcodes
from hereabouts.places.models import AccessFact, Venue
from hereabouts.places.points import Point

ANSWERS = [
    ("", gettext_lazy("Not stated")),
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
]
# As somebody would tell it; the answers about access come after.
ORDER = (
    *("name", "kind", "street", "town", "postcode", "latitude", "longitude"),
    *("phone", "email", "website", "getting_there"),
)
MEANS: Mapping[str, bool | None] = {"": None, "yes": True, "no": False}


class VenueForm(VersionedForm):
    """Its point is found from the postcode; only a park may say more exactly where it is."""

    postcode = forms.CharField(
        label=gettext_lazy("Postcode"),
        max_length=20,
        help_text=gettext_lazy("It puts the venue on the map. For a park: the nearest one."),
    )
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        required=False,
        min_value=49,
        max_value=61,
        help_text=gettext_lazy(
            "Only for a park or open space, when the postcode is too far off: degrees north, "
            "such as 53.2000."
        ),
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"),
        required=False,
        min_value=-9,
        max_value=2,
        help_text=gettext_lazy("Degrees east, so mostly with a minus: such as -1.2324."),
    )
    checked_again = forms.BooleanField(
        label=gettext_lazy("I have checked all of these answers again today"),
        required=False,
        help_text=gettext_lazy("Answers that you change count as checked today in any case."),
    )

    class Meta:
        model = Venue
        fields = (
            "name",
            "kind",
            "street",
            "town",
            "postcode",
            "phone",
            "email",
            "website",
            "getting_there",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add_facts()
        self.order_fields([*ORDER, *map(_field_name, AccessFact.Fact), "checked_again"])
        if self._has_own_point():
            self.fields["latitude"].initial = self.instance.latitude
            self.fields["longitude"].initial = self.instance.longitude

    def _add_facts(self) -> None:
        known: dict[str, AccessFact] = {}
        if self.instance.pk:
            known = {fact.fact: fact for fact in self.instance.access_facts.all()}
        self._saved_answers: dict[AccessFact.Fact, bool | None] = {}
        for fact in AccessFact.Fact:
            row = known.get(fact)
            self._saved_answers[fact] = row.is_there if row else None
            self.fields[_field_name(fact)] = forms.TypedChoiceField(
                label=fact.label,
                choices=ANSWERS,
                required=False,
                coerce=MEANS.__getitem__,
                empty_value=None,
                initial="" if row is None else "yes" if row.is_there else "no",
                help_text=_("Checked on %(day)s") % {"day": formats.date_format(row.checked_on)}
                if row
                else "",
            )

    def facts(self) -> dict[AccessFact.Fact, bool | None]:
        """The answers that somebody gave with this form: changed ones, or all of them."""
        given = {fact: self.cleaned_data[_field_name(fact)] for fact in AccessFact.Fact}
        if self.cleaned_data["checked_again"]:
            return given
        return {
            fact: is_there
            for fact, is_there in given.items()
            if is_there != self._saved_answers[fact]
        }

    def clean_postcode(self) -> str:
        typed = str(self.cleaned_data["postcode"])
        located = postcodes.locate(typed)
        if located is None:
            raise forms.ValidationError(postcodes.no_such(typed))
        return located.postcode

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        own_point = self._own_point(cleaned)
        if "postcode" in cleaned and not self.errors:
            self._place(own_point)
        return cleaned

    def _own_point(self, cleaned: Mapping[str, Any]) -> Point | None:
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is None and longitude is None:
            return None
        if cleaned.get("kind") != Venue.Kind.OPEN_SPACE:
            self.add_error("latitude", _("Only a park or open space has this; leave it empty."))
        for name, value in (("latitude", latitude), ("longitude", longitude)):
            if value is None and name not in self.errors:
                self.add_error(name, _("Give both numbers, or neither."))
        if latitude is None or longitude is None:
            return None
        return Point(latitude=latitude, longitude=longitude)

    def _place(self, own_point: Point | None) -> None:
        """Put the venue on the map.

        A building that stays at its postcode keeps its point, which may be a more exact one.
        """
        saved_postcode = self.initial.get("postcode")
        stays = self.instance.pk and self.cleaned_data["postcode"] == saved_postcode
        if own_point is None and stays and not self._has_own_point():
            return
        located = postcodes.locate(self.cleaned_data["postcode"])
        assert located is not None
        point = own_point or located.point
        self.instance.latitude, self.instance.longitude = point.latitude, point.longitude

    def _has_own_point(self) -> bool:
        """Is it an open space whose saved point is not that of its saved postcode?"""
        if not self.instance.pk or self.initial.get("kind") != Venue.Kind.OPEN_SPACE:
            return False
        saved_at = Point(latitude=self.instance.latitude, longitude=self.instance.longitude)
        located = postcodes.locate(str(self.initial["postcode"]))
        return located is None or located.point != saved_at


def _field_name(fact: AccessFact.Fact) -> str:
    return f"fact_{fact.value}"
