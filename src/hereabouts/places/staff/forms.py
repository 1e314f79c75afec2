"""The form of a venue."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.backoffice.forms import VersionedForm
from hereabouts.places import postcodes
from hereabouts.places.models import AccessFact, Venue
from hereabouts.places.points import Point, distance_between
from hereabouts.places.postcodes import Located

ANSWERS = [
    ("", gettext_lazy("Not stated")),
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
]
# The order of the page; the answers about access come after.
ORDER = (
    *("name", "kind", "street", "town", "postcode", "latitude", "longitude"),
    *("phone", "email", "website", "getting_there"),
)
MEANS: Mapping[str, bool | None] = {"": None, "yes": True, "no": False}
# A point farther than this from its postcode means an error in one of the two.
FAR_FROM_POSTCODE_KM = 5
# The same for an unchanged point when the postcode changed: the venue has probably moved.
FAR_FROM_NEW_POSTCODE_KM = 1


class VenueForm(VersionedForm):
    """The form of a venue; its point comes from the postcode, unless coordinates are typed."""

    postcode = forms.CharField(
        label=gettext_lazy("Postcode"),
        max_length=20,
        required=False,
        help_text=gettext_lazy(
            "It puts the venue on the map. A park without one needs latitude and longitude."
        ),
    )
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        required=False,
        min_value=49,
        max_value=61,
        help_text=gettext_lazy(
            "Only when there is no postcode, or it is too far off: degrees north, such as 53.2000."
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
        """The answers to save: the changed ones, or all of them when all were checked again."""
        answers = {fact: self.cleaned_data[_field_name(fact)] for fact in AccessFact.Fact}
        if self.cleaned_data["checked_again"]:
            return answers
        return {
            fact: is_there
            for fact, is_there in answers.items()
            if is_there != self._saved_answers[fact]
        }

    def clean_postcode(self) -> str:
        typed = str(self.cleaned_data["postcode"])
        located = postcodes.locate(typed)
        if typed and located is None:
            raise forms.ValidationError(postcodes.no_such(typed))
        return located.postcode if located else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        own_point = self._own_point(cleaned)
        if not self.errors:
            self._place(postcodes.locate(cleaned["postcode"]), own_point)
        return cleaned

    def _own_point(self, cleaned: Mapping[str, Any]) -> Point | None:
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if latitude is not None and longitude is not None:
            return Point(latitude=latitude, longitude=longitude)
        for name, value in (("latitude", latitude), ("longitude", longitude)):
            if value is None and name not in self.errors and latitude != longitude:
                self.add_error(name, _("Give both numbers, or neither."))
        return None

    def _place(self, located: Located | None, own_point: Point | None) -> None:
        """Set the point of the venue, or add an error."""
        point = own_point or (located.point if located else None)
        if point is None:
            self.add_error("postcode", _("Type a postcode, or else latitude and longitude."))
            return
        if located and distance_between(point, located.point) > self._farthest_km():
            message = _(
                "This is too far from %s to be the same place. Correct one of them, or leave "
                "latitude and longitude empty."
            )
            self.add_error("latitude", message % located.postcode)
            return
        self.instance.latitude, self.instance.longitude = point.latitude, point.longitude

    def _farthest_km(self) -> float:
        has_new_postcode = self.cleaned_data["postcode"] != self.initial.get("postcode")
        is_retyped = {"latitude", "longitude"} & set(self.changed_data)
        is_left_behind = has_new_postcode and not is_retyped
        return FAR_FROM_NEW_POSTCODE_KM if is_left_behind else FAR_FROM_POSTCODE_KM

    def _has_own_point(self) -> bool:
        """Does the saved point differ from that of the saved postcode?"""
        if not self.instance.pk:
            return False
        located = postcodes.locate(self.instance.postcode)
        return located is None or located.point != self.instance.point


def _field_name(fact: AccessFact.Fact) -> str:
    return f"fact_{fact.value}"
