from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "hereabouts.intake"
    label = "intake"
