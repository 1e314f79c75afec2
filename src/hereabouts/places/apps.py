from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "hereabouts.places"
    label = "places"
