from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "hereabouts.imports"
    label = "imports"
