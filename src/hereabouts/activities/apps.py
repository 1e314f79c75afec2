from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ActivitiesConfig(AppConfig):
    name = "hereabouts.activities"
    label = "activities"

    def ready(self) -> None:
        post_migrate.connect(keep_kinds, sender=self)


def keep_kinds(using: str, **kwargs: Any) -> None:
    """The kinds that we keep are there as soon as their table is, and after a test emptied it."""
    # Models can be imported only now.
    from hereabouts.activities import actions
    from hereabouts.activities.models import Kind

    # Going back to before the first migration ends here too.
    if Kind._meta.db_table in connections[using].introspection.table_names():
        actions.keep_kinds()
