"""URLs of the buttons on an activity's page in the back office."""

from django.urls import path

from hereabouts.activities.staff import views

app_name = "activities_staff"
urlpatterns = [
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/take-down/", views.take_down, name="take_down"),
    path("<int:pk>/pause/", views.pause, name="pause"),
    path("<int:pk>/resume/", views.resume, name="resume"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/photo/", views.photo, name="photo"),
]
