"""When an activity happens."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hereabouts.activities.models.activity import Activity


class Schedule(models.Model):
    """One line of an activity's timetable, in the local time of its zone."""

    class Frequency(models.TextChoices):
        WEEKLY = "WEEKLY", _("every week")
        FORTNIGHTLY = "FORTNIGHTLY", _("every two weeks")
        MONTHLY = "MONTHLY", _("every month")
        ONCE = "ONCE", _("once")

    class Weekday(models.IntegerChoices):
        """Numbered as Python and RFC 5545 tools do: Monday is 0."""

        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    class WeekOfMonth(models.IntegerChoices):
        FIRST = 1, _("first")
        SECOND = 2, _("second")
        THIRD = 3, _("third")
        FOURTH = 4, _("fourth")
        LAST = -1, _("last")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="schedules")
    frequency = models.CharField(
        _("how often"), max_length=20, choices=Frequency, default=Frequency.WEEKLY
    )
    weekday = models.PositiveSmallIntegerField(
        _("day"),
        choices=Weekday,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(6)],
    )
    week_of_month = models.SmallIntegerField(
        _("which week of the month"), choices=WeekOfMonth, null=True, blank=True
    )
    starts_on = models.DateField(_("first date"), null=True, blank=True)
    ends_on = models.DateField(_("last date"), null=True, blank=True)
    start_time = models.TimeField(_("from"), null=True, blank=True)
    end_time = models.TimeField(_("until"), null=True, blank=True)
    zone = models.CharField(max_length=40, default="Europe/London", editable=False)

    class Meta:
        verbose_name = _("line of the timetable")
        verbose_name_plural = _("timetable")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_schedule_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(end_time=None) | models.Q(end_time__gt=models.F("start_time")),
                name="a_session_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(frequency="ONCE", starts_on__isnull=False)
                | (~models.Q(frequency="ONCE")),
                name="what_happens_once_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()}, {self.get_weekday_display()}"


class Break(models.Model):
    """Days on which an activity does not take place though its timetable says so."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="breaks")
    starts_on = models.DateField(_("first day without it"))
    ends_on = models.DateField(_("last day without it"))
    reason = models.CharField(_("why"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="a_break_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%d %B %Y} to {self.ends_on:%d %B %Y}"
