"""The fields that all forms of an activity share."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.activities import photos
from hereabouts.activities.models import Activity, Break, Concession, Kind
from hereabouts.activities.staff.forms.fields import (
    PENCE,
    Group,
    Rows,
    StatedField,
    pounds_field,
)
from hereabouts.activities.staff.forms.kinds import KindsField, OtherKindField
from hereabouts.activities.staff.forms.lines import (
    EARLIEST,
    BreakFormSet,
    ConcessionFormSet,
    from_now_on,
    typed_or_saved,
)
from hereabouts.backoffice.forms import DateInput, VersionedForm

OLDEST = 120


class DescribedForm(VersionedForm):
    """The form of an activity without its timetable; with form sets of breaks and prices."""

    kinds = KindsField(label=gettext_lazy("What kind of activity"))
    other_kind = OtherKindField(label=gettext_lazy("Another kind"))
    cost_pounds = pounds_field(
        gettext_lazy("Cost of one session in pounds"),
        required=False,
        help_text=gettext_lazy("0 is free. Leave it empty if nobody has said."),
    )
    is_first_free = StatedField(label=gettext_lazy("Is the first time free?"))
    carers_welcome = StatedField(label=gettext_lazy("May a carer come along?"))
    new_photo = forms.FileField(
        label=gettext_lazy("New photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": photos.ACCEPTED}),
        help_text=format_lazy(
            gettext_lazy(
                "JPEG, PNG, WebP or HEIC, up to {megabytes} megabytes. Everybody in it agreed to be"
                " shown. We take out where it was taken."
            ),
            megabytes=photos.MAX_MEGABYTES,
        ),
    )
    removes_photo = forms.BooleanField(label=gettext_lazy("Take the photo off"), required=False)

    class Meta:
        model = Activity
        fields: tuple[str, ...] = (
            *("form", "purposes", "description", "for_whom", "adapted"),
            *("age_from", "age_to", "gender", "ability", "conditions", "languages"),
            *("carers_welcome", "leader_qualification", "leader_confirmed_on"),
            *("contact", "phone", "email", "website"),
            *("is_first_free", "cost_note", "joining", "joining_note", "places_per_session"),
            *("is_term_time_only", "photo_alt"),
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "for_whom": forms.Textarea(attrs={"rows": 3}),
            "adapted": forms.Textarea(attrs={"rows": 3}),
            "leader_confirmed_on": DateInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posted = self.data if self.is_bound else None
        self.breaks = BreakFormSet(posted, instance=self.instance, prefix="breaks")
        self.prices = ConcessionFormSet(posted, instance=self.instance, prefix="prices")
        self.fields["age_from"].widget.attrs.update(min=0, max=OLDEST)
        self.fields["age_to"].widget.attrs.update(min=0, max=OLDEST)
        self._fill_in()

    def _fill_in(self) -> None:
        if self.instance.cost_pence is not None:
            self.initial["cost_pounds"] = Decimal(self.instance.cost_pence) / PENCE
        if self.instance.pk:
            self.initial["kinds"] = [kind.pk for kind in self.instance.kinds.order_by("pk")]
        kinds = self.fields["kinds"]
        assert isinstance(kinds, KindsField)
        kinds.offer(chosen=self.initial.get("kinds", ()))
        if self.instance.photo is None:
            del self.fields["removes_photo"]

    def is_valid(self) -> bool:
        # Validate all in any case, so that all errors show at once.
        lines_are_valid = [lines.is_valid() for lines in self._lines()]
        is_valid = super().is_valid() and all(lines_are_valid)
        if not is_valid and self.files.get("new_photo") and "new_photo" not in self.errors:
            self.add_error(
                "new_photo", gettext_lazy("Choose the photo once more: it is not kept meanwhile.")
            )
        return is_valid

    def _lines(self) -> list[Any]:
        return [self.breaks, self.prices]

    def clean_new_photo(self) -> bytes | None:
        """The photo as it is stored; None when none was uploaded."""
        uploaded: UploadedFile[bytes] | None = self.cleaned_data["new_photo"]
        if uploaded is None:
            return None
        try:
            if (uploaded.size or 0) > photos.MAX_BYTES:
                raise photos.too_large()
            return photos.readable(uploaded.read())
        except photos.NotAPhoto as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        pounds = values.get("cost_pounds")
        self.instance.cost_pence = None if pounds is None else int(pounds * PENCE)
        confirmed_on = values.get("leader_confirmed_on")
        if confirmed_on and not EARLIEST <= confirmed_on <= timezone.localdate():
            problem = gettext_lazy(
                "Give the day on which somebody saw it: not before 2000, nor to come."
            )
            self.add_error("leader_confirmed_on", problem)
        self._check_ages(values)
        self._check_photo(values)
        return values

    def _check_ages(self, values: dict[str, Any]) -> None:
        youngest, oldest = values.get("age_from"), values.get("age_to")
        for name, age in (("age_from", youngest), ("age_to", oldest)):
            if age is not None and age > OLDEST:
                self.add_error(
                    name, gettext_lazy("Nobody is that old. Leave it empty for no limit.")
                )
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error(
                "age_to", gettext_lazy("The oldest must not be younger than the youngest.")
            )

    def _check_photo(self, values: dict[str, Any]) -> None:
        has_one = self.instance.photo is not None and not values.get("removes_photo")
        if (has_one or values.get("new_photo")) and not values.get("photo_alt"):
            problem = gettext_lazy("Say what the photo shows, for people who cannot see it.")
            self.add_error("photo_alt", problem)

    def chosen_kinds(self) -> list[Kind]:
        """What kinds it is from now on; call it on a valid form."""
        other: Kind | None = self.cleaned_data["other_kind"]
        chosen = Q(pk__in=self.cleaned_data["kinds"]) | Q(pk=other.pk if other else None)
        return list(Kind.objects.filter(chosen).order_by("name", "pk"))

    def chosen_breaks(self) -> list[Break]:
        """The breaks to save."""
        return from_now_on(self.breaks)

    def concessions(self) -> list[Concession]:
        """The reduced prices to save."""
        return from_now_on(self.prices)

    def chosen_photo(self) -> photos.Chosen:
        """What to do with the photo; call it on a valid form."""
        return photos.Chosen(
            new=self.cleaned_data["new_photo"],
            is_removed=self.cleaned_data.get("removes_photo", False),
        )

    def in_words(self) -> dict[str, str]:
        breaks = typed_or_saved(self.breaks)
        prices = typed_or_saved(self.prices)
        return {
            **super().in_words(),
            _("Breaks"): "; ".join(str(break_) for break_ in breaks),
            _("Reduced prices"): "; ".join(
                f"{price} {price.pence / PENCE:.2f}" for price in prices
            ),
        }

    def groups(self) -> list[Group]:
        """All visible fields, in groups in the order of the page."""
        return [
            self.what_it_is(),
            self.for_people(),
            self.led_by(),
            self.asked_of(),
            self.cost(),
            self.when(),
            self.pictured(),
        ]

    def what_it_is(self) -> Group:
        names = ("form", "kinds", "other_kind", "purposes", "description")
        return Group(legend=gettext_lazy("What it is"), fields=self._fields(*names))

    def for_people(self) -> Group:
        names = (
            *("for_whom", "adapted", "age_from", "age_to", "gender", "ability"),
            *("conditions", "carers_welcome", "languages"),
        )
        return Group(legend=gettext_lazy("Who it is for"), fields=self._fields(*names))

    def led_by(self) -> Group:
        names = ("leader_qualification", "leader_confirmed_on")
        return Group(legend=gettext_lazy("Who leads it"), fields=self._fields(*names))

    def asked_of(self) -> Group:
        names = ("contact", "phone", "email", "website")
        return Group(legend=gettext_lazy("Whom to ask"), fields=self._fields(*names))

    def cost(self) -> Group:
        names = (
            *("cost_pounds", "is_first_free", "cost_note"),
            *("joining", "joining_note", "places_per_session"),
        )
        lower = Rows(
            legend=gettext_lazy("Reduced prices"),
            help=gettext_lazy("One row for each group of people. Leave empty rows empty."),
            lines=self.prices,
        )
        legend = gettext_lazy("What it costs, and how to join")
        return Group(legend=legend, fields=self._fields(*names), rows=(lower,))

    def when(self) -> Group:
        without = Rows(
            legend=gettext_lazy("Breaks"),
            help=gettext_lazy(
                "Days on which it does not happen, such as Christmas or a bank holiday."
            ),
            lines=self.breaks,
        )
        return Group(
            legend=gettext_lazy("When"), fields=self._fields("is_term_time_only"), rows=(without,)
        )

    def pictured(self) -> Group:
        names = [
            name for name in ("new_photo", "photo_alt", "removes_photo") if name in self.fields
        ]
        return Group(legend=gettext_lazy("Photo"), fields=self._fields(*names))

    def _fields(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names]
