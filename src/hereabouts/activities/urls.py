"""What's on."""

from django.urls import path, re_path

from hereabouts.activities.exports import views as exports
from hereabouts.activities.finding import views as finding
from hereabouts.activities.page import organisers
from hereabouts.activities.page import views as page

app_name = "activities"
urlpatterns = [
    path("find/", finding.find, name="find"),
    re_path(r"^find/export\.(?P<file_format>csv|xlsx|kml|geojson)$", exports.export, name="export"),
    path("find/map/", finding.map_points, name="map_points"),
    path("find/print/", finding.find_print, name="find_print"),
    path("activities/yours/", organisers.mine, name="mine"),
    path(
        "activities/<uuid:public_id>/still-running/", organisers.still_running, name="still_running"
    ),
    path("activities/<uuid:public_id>/calendar.ics", page.calendar, name="calendar"),
    path("activities/<uuid:public_id>/photo/<int:photo_id>.jpg", page.photo, name="photo"),
    path("activities/<uuid:public_id>/<slug:slug>/", page.activity, name="activity"),
]
