"""What staff type in about an activity."""

from hereabouts.activities.staff_forms.described import DescribedForm
from hereabouts.activities.staff_forms.groups import Group
from hereabouts.activities.staff_forms.lines import ScheduleForm
from hereabouts.activities.staff_forms.whole import ActivityForm, PauseForm

__all__ = ["ActivityForm", "DescribedForm", "Group", "PauseForm", "ScheduleForm"]
