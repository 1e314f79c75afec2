"""The page that shows every component, on a developer's machine only."""

from django.urls import path

from hereabouts.design import views

app_name = "design"
urlpatterns = [path("", views.components, name="components")]
