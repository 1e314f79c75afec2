"""All URLs. Each begins with its language; those of the first language have no prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("accounts/", include("hereabouts.accounts.urls")),
    # Ours first: some take precedence over Wagtail's.
    path("staff/", include("hereabouts.backoffice.urls")),
    path("staff/", include(wagtailadmin_urls)),
    # Wagtail's pages name no icon, so browsers request it here.
    path(
        "favicon.ico",
        # Lazily: before static files are collected its hashed name is not known.
        RedirectView.as_view(url=lazy(static, str)("design/icon.svg"), permanent=False),
    ),
    path("places/", include("hereabouts.places.urls")),
    *i18n_patterns(
        path("", include("hereabouts.activities.urls")),
        path("", include("hereabouts.hub.urls")),
        prefix_default_language=False,
    ),
]

if settings.DEBUG:
    urlpatterns += [path("components/", include("hereabouts.design.urls"))]

handler400 = "hereabouts.hub.views.bad_request"
handler404 = "hereabouts.hub.views.page_not_found"
# Django has no handler for 429; allauth looks ours up by this name.
handler429 = "hereabouts.accounts.views.too_many_tries"
handler403 = "hereabouts.hub.views.permission_denied"
handler500 = "hereabouts.hub.views.server_error"
