from django.apps import AppConfig


class HubConfig(AppConfig):
    name = "hereabouts.hub"
    label = "hub"
