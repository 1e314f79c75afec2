from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "hereabouts.activities"
    label = "activities"
