"""What's on."""

from django.urls import path

from hereabouts.activities import views

app_name = "activities"
urlpatterns = [
    path("find/", views.find, name="find"),
    path("find/print/", views.find_print, name="find_print"),
    path("activities/yours/", views.mine, name="mine"),
    path("activities/<uuid:public_id>/still-running/", views.still_running, name="still_running"),
    path("activities/<uuid:public_id>/<slug:slug>/", views.activity, name="activity"),
]
