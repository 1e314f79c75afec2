"""Form sets of an activity: the timetable, breaks, reduced prices."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from hereabouts.activities.models import Activity, Break, Concession, Schedule
from hereabouts.activities.staff.forms.fields import PENCE, pounds_field
from hereabouts.backoffice.forms import DateInput
from hereabouts.core.text import printable

# No current certificate or timetable is older; a year typed with two digits is.
EARLIEST = date(2000, 1, 1)
# So many rows of full length fit into one cell of an export.
MOST_LINES, MOST_PRICES = 100, 50


class ScheduleForm(forms.ModelForm[Schedule]):
    """One schedule of the timetable."""

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
        _refuse_backwards(self, values)
        if values.get("frequency") == Schedule.Frequency.ONCE:
            self._refuse_another_day(values)
        return values

    def _refuse_another_day(self, values: dict[str, Any]) -> None:
        """Add an error unless there is a date, and the chosen weekday, if any, is its own."""
        day, weekday = values.get("starts_on"), values.get("weekday")
        if day is None:
            self.add_error("starts_on", _("Give the date on which it happens."))
        elif weekday is not None and weekday != day.weekday():
            placeholders = {"date": date_format(day, "j F Y"), "weekday": date_format(day, "l")}
            self.add_error("weekday", _("%(date)s is a %(weekday)s.") % placeholders)


class BreakForm(forms.ModelForm[Break]):
    """One break."""

    class Meta:
        model = Break
        fields = ("starts_on", "ends_on", "reason")
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}
        help_texts = {"ends_on": _("Leave it empty if it is one day.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].required = False

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("ends_on"):
            values["ends_on"] = values.get("starts_on")
        values["reason"] = printable(values.get("reason", "")).strip()
        _refuse_backwards(self, values)
        return values


def _refuse_backwards(form: forms.ModelForm[Any], values: dict[str, Any]) -> None:
    """Add errors to dates in the wrong order, and to dates before `EARLIEST`."""
    first, last = values.get("starts_on"), values.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", _("The last date must not be before the first."))
    for name in ("starts_on", "ends_on"):
        if values.get(name) and values[name] < EARLIEST:
            form.add_error(name, _("That is too long ago. Is the year right?"))


class ConcessionForm(forms.ModelForm[Concession]):
    """One reduced price."""

    pounds = pounds_field(_("They pay, in pounds"), help_text=_("0 is free."))

    class Meta:
        model = Concession
        fields = ("who", "pounds", "proof")
        help_texts = {"who": _("For example: people on Universal Credit.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["pounds"] = Decimal(self.instance.pence) / PENCE

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("who", "proof"):
            values[name] = printable(values.get(name) or "").strip()
        if values.get("pounds") is not None:
            self.instance.pence = int(values["pounds"] * PENCE)
        return values


ScheduleFormSet = inlineformset_factory(
    Activity,
    Schedule,
    form=ScheduleForm,
    formset=BaseInlineFormSet,
    extra=2,
    max_num=MOST_LINES,
    can_delete=True,
)
BreakFormSet = inlineformset_factory(
    Activity,
    Break,
    form=BreakForm,
    formset=BaseInlineFormSet,
    extra=2,
    max_num=MOST_LINES,
    can_delete=True,
)
ConcessionFormSet = inlineformset_factory(
    Activity,
    Concession,
    form=ConcessionForm,
    formset=BaseInlineFormSet,
    extra=2,
    max_num=MOST_PRICES,
    can_delete=True,
)


def from_now_on(lines: Any) -> list[Any]:
    """The rows that a valid form set keeps: without those ticked for removal, or left empty."""
    return [
        line.instance
        for line in lines.forms
        if line not in lines.deleted_forms and (line.instance.pk or line.has_changed())
    ]


def typed_or_saved(lines: Any) -> Iterable[Any]:
    """The rows of a posted form set; the saved ones before anything is posted."""
    if lines.is_bound:
        return from_now_on(lines)
    return [line.instance for line in lines.initial_forms]
