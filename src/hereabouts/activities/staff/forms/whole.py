"""The form of an activity with its timetable, and the form of a pause."""

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.activities import recurrence
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.staff.forms.described import DescribedForm
from hereabouts.activities.staff.forms.fields import Group, Rows
from hereabouts.activities.staff.forms.lines import ScheduleFormSet, from_now_on, typed_or_saved
from hereabouts.backoffice.forms import DateInput
from hereabouts.core.text import printable


class ActivityForm(DescribedForm):
    """The form of an activity with its timetable."""

    class Meta(DescribedForm.Meta):
        fields = (
            *("name", "summary", "is_low_impact", "is_chair_based", "follows_otago", "is_fame"),
            *("provider", "venue"),
            *DescribedForm.Meta.fields,
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.timetable = ScheduleFormSet(
            self.data if self.is_bound else None, instance=self.instance, prefix="timetable"
        )

    def _lines(self) -> list[Any]:
        return [self.timetable, *super()._lines()]

    def schedules(self) -> list[Schedule]:
        """The schedules to save."""
        return from_now_on(self.timetable)

    def in_words(self) -> dict[str, str]:
        timetable = recurrence.all_in_words(typed_or_saved(self.timetable))
        return {**super().in_words(), _("Timetable"): timetable}

    def what_it_is(self) -> Group:
        names = ("name", "summary", "form", "kinds", "other_kind", "purposes", "description")
        return Group(legend=gettext_lazy("What it is"), fields=self._fields(*names))

    def led_by(self) -> Group:
        names = (
            *("is_low_impact", "is_chair_based", "follows_otago", "is_fame"),
            *("leader_qualification", "leader_confirmed_on"),
        )
        legend = gettext_lazy("What it is built on, and who leads it")
        return Group(legend=legend, fields=self._fields(*names))

    def asked_of(self) -> Group:
        names = ("provider", "venue", "contact", "phone", "email", "website")
        return Group(legend=gettext_lazy("Where, and whom to ask"), fields=self._fields(*names))

    def when(self) -> Group:
        lines = Rows(
            legend=gettext_lazy("Timetable"),
            help=gettext_lazy(
                "One row for each day and time. Leave empty rows empty. Save to get more rows."
            ),
            lines=self.timetable,
        )
        usual = super().when()
        return Group(legend=usual.legend, fields=usual.fields, rows=(lines, *usual.rows))


class PauseForm(forms.Form):
    """The form of a pause: until when, and why."""

    until = forms.DateField(
        label=gettext_lazy("Last day of the pause"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Leave it empty if nobody knows yet."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=200,
        help_text=gettext_lazy(
            "In words that residents may read, for example: the hall has a new floor."
        ),
    )

    @classmethod
    def to_change(
        cls, activity: Activity, *, on: date, typed: QueryDict | None = None
    ) -> "PauseForm":
        """The form with the current or coming pause as initial data; empty when it is over."""
        is_over = activity.paused_until is not None and activity.paused_until < on
        now = {"until": activity.paused_until, "reason": activity.pause_reason}
        return cls(typed, initial={} if is_over else now)

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(gettext_lazy("That day has gone. Give a day to come."))
        return until

    def clean_reason(self) -> str:
        return printable(self.cleaned_data["reason"]).strip()
