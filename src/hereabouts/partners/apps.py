from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "hereabouts.partners"
    label = "partners"
