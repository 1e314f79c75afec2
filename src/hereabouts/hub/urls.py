"""The pages that belong to no one context."""

from django.urls import path

from hereabouts.hub import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
]
