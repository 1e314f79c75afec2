"""Forms of an activity in the back office."""

from hereabouts.activities.staff.forms.described import DescribedForm
from hereabouts.activities.staff.forms.fields import Group
from hereabouts.activities.staff.forms.lines import ScheduleForm
from hereabouts.activities.staff.forms.whole import ActivityForm, PauseForm

__all__ = ["ActivityForm", "DescribedForm", "Group", "PauseForm", "ScheduleForm"]
