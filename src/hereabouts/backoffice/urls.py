"""URLs of the back office that take precedence over Wagtail's own."""

from django.urls import path
from django.views.generic import RedirectView

from hereabouts.backoffice import views

urlpatterns = [
    # Wagtail's asks for a password.
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    # Wagtail's lets people change the e-mail address they sign in with.
    path("account/", views.preferences),
    # Wagtail's shows every user the log of every model they may view.
    path("reports/site-history/", views.trail),
    path("reports/site-history/results/", views.trail_results),
    # Wagtail's bulk actions bypass our actions.
    path("bulk/accounts/user/<str:action>/", views.not_offered),
]
