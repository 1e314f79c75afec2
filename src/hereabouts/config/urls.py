"""All addresses. Language is in the address; the first language has no prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("staff/", include(wagtailadmin_urls)),
    # allauth's and Wagtail's own pages name no icon, so browsers ask for it here.
    path(
        "favicon.ico",
        RedirectView.as_view(url=staticfiles_storage.url("design/icon.svg"), permanent=False),
    ),
    *i18n_patterns(
        path("", include("hereabouts.activities.urls")),
        path("", include("hereabouts.hub.urls")),
        prefix_default_language=False,
    ),
]

if settings.DEBUG:
    urlpatterns += [path("components/", include("hereabouts.design.urls"))]

handler404 = "hereabouts.hub.views.not_found"
handler403 = "hereabouts.hub.views.not_allowed"
handler500 = "hereabouts.hub.views.broken"
