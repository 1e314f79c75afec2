"""Loads the boundaries of counties or districts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hereabouts.core.refusals import Refusal
from hereabouts.places import actions
from hereabouts.places.models import Area
from hereabouts.places.outlines import Columns, read_names, read_outlines
from hereabouts.places.sources import read_published


class Command(BaseCommand):
    help = (
        "Load the outlines of counties or districts from GeoJSON in degrees (WGS84), such as the "
        "Office for National Statistics publishes. Running it again brings them up to date."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", help="A .geojson or .geojson.gz file, or its http address")
        parser.add_argument(
            "--kind", required=True, choices=[kind.lower() for kind in Area.Kind.values]
        )
        parser.add_argument("--code", default="", help="The property that has the area's code")
        parser.add_argument("--name", default="", help="The property that has its name")
        parser.add_argument(
            "--names", default="", help="A CSV of names, with columns such as LAD24CD and LAD24NM"
        )

    def handle(self, *args: Any, source: str, kind: str, names: str, **options: Any) -> None:
        columns = Columns(code=options["code"], name=options["name"])
        try:
            table = read_published(names).decode("utf-8-sig").splitlines() if names else []
            outlines = read_outlines(
                read_published(source), columns=columns, names=read_names(table) if names else {}
            )
        except UnicodeDecodeError as error:
            raise CommandError(f"{names} is not a CSV in UTF-8. Nothing was loaded.") from error
        except Refusal as refusal:
            raise CommandError(f"{refusal} Nothing was loaded.") from refusal
        saved = actions.save_boundaries(
            kind=Area.Kind(kind.upper()), outlines=outlines, at=timezone.now()
        )
        self.stdout.write(
            f"{len(outlines):,} boundaries: {saved.added:,} new, {saved.replaced:,} replaced, "
            f"{saved.ended:,} of earlier areas taken away."
        )
