"""Makes anew what the finder searches."""

from typing import Any

from django.core.management.base import BaseCommand

from hereabouts.activities import actions


class Command(BaseCommand):
    help = "Make the finder's rows anew: after LEADER_REVIEW_DAYS was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        count = actions.refresh_entries()
        self.stdout.write(f"{count:,} activities in the finder")
