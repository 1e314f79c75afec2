"""Hourly jobs, run by a timer."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from hereabouts.activities import actions, tasks


class Command(BaseCommand):
    help = (
        "Once an hour: keep the finder's next sessions right, and tell whoever looks after a red "
        "class that its leader is no longer confirmed. Running it twice does no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        count = actions.refresh_due_entries(at=now)
        lapses = tasks.tell_of_lapses(at=now)
        self.stdout.write(
            f"{count:,} activities written anew for the finder; "
            f"{lapses.notified:,} told that a leader is no longer confirmed, "
            f"{lapses.not_yet:,} not yet"
        )
