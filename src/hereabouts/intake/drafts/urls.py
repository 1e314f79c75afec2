"""Drafts, under the back office's own address."""

from django.urls import path

from hereabouts.intake.drafts import views

app_name = "drafts"
urlpatterns = [
    path("", views.drafts, name="list"),
    path("<int:pk>/", views.complete, name="complete"),
]
