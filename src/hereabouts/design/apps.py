from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "hereabouts.design"
    label = "design"
