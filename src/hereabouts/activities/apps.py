from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_delete, post_migrate


class ActivitiesConfig(AppConfig):
    name = "hereabouts.activities"
    label = "activities"

    def ready(self) -> None:
        # Models can be imported only now.
        from hereabouts import finder
        from hereabouts.activities.declaration import ACTIVITIES
        from hereabouts.activities.models import Activity

        finder.declare(ACTIVITIES)
        post_delete.connect(remove_entry, sender=Activity)
        post_migrate.connect(ensure_filterable_kinds, sender=self)


def remove_entry(instance: Any, **kwargs: Any) -> None:
    """Remove the finder's entry of a deleted activity: no foreign key takes it along."""
    from hereabouts.activities.declaration import ACTIVITIES
    from hereabouts.finder import actions as finder

    finder.remove_entries(among=ACTIVITIES, record_ids=[instance.pk])


def ensure_filterable_kinds(using: str, **kwargs: Any) -> None:
    """Create the filterable kinds once their table exists, and again after a test emptied it."""
    # Models can be imported only now.
    from hereabouts.activities import actions
    from hereabouts.activities.models import Kind

    # Going back to before the first migration ends here too.
    if Kind._meta.db_table in connections[using].introspection.table_names():
        actions.ensure_filterable_kinds()
