"""What staff do to one activity with one press."""

from django.urls import path

from hereabouts.activities import staff_views

app_name = "activities_staff"
urlpatterns = [
    path("<int:pk>/publish/", staff_views.publish, name="publish"),
    path("<int:pk>/take-down/", staff_views.take_down, name="take_down"),
    path("<int:pk>/pause/", staff_views.pause, name="pause"),
    path("<int:pk>/resume/", staff_views.resume, name="resume"),
    path("<int:pk>/check/", staff_views.check, name="check"),
    path("<int:pk>/photo/", staff_views.photo, name="photo"),
]
