from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "hereabouts.intake"
    label = "intake"

    def ready(self) -> None:
        # Models can be imported only now.
        from hereabouts.imports import importers
        from hereabouts.intake.importer import ACTIVITIES

        importers.register(ACTIVITIES)
