from django.apps import AppConfig


class FinderConfig(AppConfig):
    name = "hereabouts.finder"
    label = "finder"
