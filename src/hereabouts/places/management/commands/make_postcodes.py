"""Makes the sorted file of the postcodes of Great Britain."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hereabouts.places import postcodes


class Command(BaseCommand):
    help = "Make the file of postcodes that the finder reads."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = postcodes.make_file(settings.POSTCODES_FILE)
        except OSError as error:
            raise CommandError(
                f"The postcodes could not be written: {error}. What was there before is unchanged."
            ) from error
        self.stdout.write(f"    {count:,} postcodes in {settings.POSTCODES_FILE.name}")
