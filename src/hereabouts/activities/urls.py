"""What's on."""

from django.urls import path, re_path

from hereabouts.activities import activity_views, map_views, views
from hereabouts.activities.exports import views as exports

app_name = "activities"
urlpatterns = [
    path("find/", views.find, name="find"),
    re_path(r"^find/export\.(?P<kind>csv|xlsx|kml|geojson)$", exports.export, name="export"),
    path("find/map/", map_views.map_points, name="map_points"),
    path("find/print/", views.find_print, name="find_print"),
    path("activities/yours/", views.mine, name="mine"),
    path("activities/<uuid:public_id>/still-running/", views.still_running, name="still_running"),
    path("activities/<uuid:public_id>/calendar.ics", activity_views.calendar, name="calendar"),
    path(
        "activities/<uuid:public_id>/photo/<int:photo_id>.jpg", activity_views.photo, name="photo"
    ),
    path("activities/<uuid:public_id>/<slug:slug>/", activity_views.activity, name="activity"),
]
