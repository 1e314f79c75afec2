"""What's on."""

from django.urls import path

from hereabouts.activities import views

app_name = "activities"
urlpatterns = [
    path("find/", views.find, name="find"),
]
