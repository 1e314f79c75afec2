"""Rewrites the finder's entries."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from hereabouts.activities import actions


class Command(BaseCommand):
    help = (
        "Make the finder's rows anew: every night, for what was renamed elsewhere, and after "
        "LEADER_REVIEW_DAYS was changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = actions.refresh_entries(at=timezone.now())
        self.stdout.write(f"{count:,} activities in the finder")
