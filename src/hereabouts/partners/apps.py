from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "hereabouts.partners"
    label = "partners"

    def ready(self) -> None:
        # Models can be imported only now.
        from hereabouts.imports import importers
        from hereabouts.partners.importer import ORGANISATIONS

        importers.register(ORGANISATIONS)
