"""URLs of places."""

from django.urls import path

from hereabouts.places import views

app_name = "places"
urlpatterns = [
    path("boundaries.json", views.boundaries, name="boundaries"),
]
