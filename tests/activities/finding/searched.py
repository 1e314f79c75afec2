"""Where the tests of the finder search."""

from datetime import time
from typing import Any

from tests import make

HERE = "/find/?near=NG20+8PA"


def tuesday_morning() -> dict[str, Any]:
    """The timetable of an activity on Tuesdays from 10 to 11 am."""
    return {"schedules": [make.schedule(weekday=1, start_time=time(10), end_time=time(11))]}
