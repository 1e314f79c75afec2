"""Pages of the back office that stand in front of Wagtail's own at the same address."""

from django.urls import path
from django.views.generic import RedirectView

from hereabouts.backoffice import views

urlpatterns = [
    # Wagtail's asks for a password.
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    # Wagtail's lets people change the address they sign in with.
    path("account/", views.preferences),
    # Wagtail's shows everyone what happened to all they may look at.
    path("reports/site-history/", views.trail),
    path("reports/site-history/results/", views.trail_results),
    # Wagtail's write past our actions.
    path("bulk/accounts/user/<str:action>/", views.not_offered),
]
