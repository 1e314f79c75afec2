"""Importing a file; `wagtail_hooks` includes these once for each kind: `activities/import/…`."""

from django.urls import path, re_path

from hereabouts.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.upload, name="upload"),
    re_path(r"^template\.(?P<extension>csv|xlsx)$", views.template, name="template"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/save/", views.save, name="save"),
    path("<int:pk>/result/", views.result, name="result"),
    re_path(r"^(?P<pk>\d+)/left-out\.(?P<extension>csv|xlsx)$", views.left_out, name="left_out"),
]
