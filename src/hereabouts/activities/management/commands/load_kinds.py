"""Loads the OpenActive activity list."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hereabouts.activities import actions, activity_list
from hereabouts.files.unreadable import UnreadableFile


class Command(BaseCommand):
    help = "Load the kinds of activity from the OpenActive activity list."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "source",
            nargs="?",
            default=settings.ACTIVITY_LIST_URL,
            help="its web address, or a file (default: %(default)s)",
        )

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        try:
            concepts = activity_list.read(source)
        except UnreadableFile as refusal:
            raise CommandError(
                f"{refusal} Nothing was changed. Try again later, or download "
                f"{settings.ACTIVITY_LIST_URL} yourself and run: manage.py load_kinds FILE"
            ) from refusal
        now = timezone.now()
        loaded = actions.load_kinds(concepts=concepts, at=now)
        self.stdout.write(
            f"{len(concepts):,} kinds of activity: {loaded.added:,} new, {loaded.changed:,} "
            f"changed, {loaded.removed:,} removed"
        )
        if loaded.added or loaded.changed or loaded.removed:
            actions.refresh_entries(at=now)
