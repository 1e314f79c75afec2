"""What staff type in about an activity."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hereabouts.accounts.backoffice import DateInput, VersionedForm
from hereabouts.activities import recurrence
from hereabouts.activities.models import Activity, Schedule

PENCE = 100
# No certificate and no timetable of today is older; a year typed with two digits is.
EARLIEST = date(2000, 1, 1)


class ScheduleForm(forms.ModelForm[Schedule]):
    """One line of the timetable."""

    class Meta:
        model = Schedule
        fields = (
            "frequency",
            "weekday",
            "start_time",
            "end_time",
            "week_of_month",
            "starts_on",
            "ends_on",
        )
        widgets = {
            "start_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "end_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "starts_on": DateInput(),
            "ends_on": DateInput(),
        }

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = values.get("start_time"), values.get("end_time")
        if end is not None and (start is None or end <= start):
            self.add_error("end_time", _("It must end after it starts."))
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last date must not be before the first."))
        if values.get("frequency") == Schedule.Frequency.ONCE and not first:
            self.add_error("starts_on", _("Give the date on which it happens."))
        for name in ("starts_on", "ends_on"):
            if values.get(name) and values[name] < EARLIEST:
                self.add_error(name, _("That is too long ago. Is the year right?"))
        return values


ScheduleFormSet = inlineformset_factory(
    Activity, Schedule, form=ScheduleForm, formset=BaseInlineFormSet, extra=2, can_delete=True
)


class ActivityForm(VersionedForm):
    """An activity with its timetable."""

    cost_pounds = forms.DecimalField(
        label=_("Cost of one session in pounds"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(1000),
        decimal_places=2,
        help_text=_("0 is free. Leave it empty if nobody has said."),
    )

    class Meta:
        model = Activity
        fields = (
            "name",
            "summary",
            "description",
            "for_whom",
            "adapted",
            "is_low_impact",
            "is_chair_based",
            "follows_otago",
            "is_fame",
            "leader_qualification",
            "leader_confirmed_on",
            "provider",
            "venue",
            "contact",
            "phone",
            "email",
            "website",
            "cost_pounds",
            "cost_note",
            "joining",
            "joining_note",
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 6}),
            "for_whom": forms.Textarea(attrs={"rows": 3}),
            "adapted": forms.Textarea(attrs={"rows": 3}),
            "leader_confirmed_on": DateInput(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timetable = ScheduleFormSet(
            self.data if self.is_bound else None, instance=self.instance, prefix="timetable"
        )
        if self.instance.cost_pence is not None:
            self.initial["cost_pounds"] = Decimal(self.instance.cost_pence) / PENCE

    def is_valid(self) -> bool:
        # Both are asked, so that all mistakes are shown at once.
        timetable_is_valid = self.timetable.is_valid()
        return super().is_valid() and timetable_is_valid

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        pounds = values.get("cost_pounds")
        confirmed_on = values.get("leader_confirmed_on")
        if confirmed_on and not EARLIEST <= confirmed_on <= timezone.localdate():
            problem = _("Give the day on which somebody saw it: not before 2000, nor to come.")
            self.add_error("leader_confirmed_on", problem)
        self.instance.cost_pence = None if pounds is None else int(pounds * PENCE)
        return values

    def schedules(self) -> list[Schedule]:
        """The timetable as it should be from now on."""
        return [
            line.instance
            for line in self.timetable.forms
            if line not in self.timetable.deleted_forms and (line.instance.pk or line.has_changed())
        ]

    def in_words(self) -> dict[str, str]:
        given = (
            self.schedules()
            if self.is_bound
            else [line.instance for line in self.timetable.initial_forms]
        )
        return {**super().in_words(), _now("Timetable"): recurrence.all_in_words(given)}
