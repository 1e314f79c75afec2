"""What is special about the back office: two factors to get in, and its own security policy."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from csp.constants import SELF, UNSAFE_INLINE
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]

STAFF_PREFIX = "/staff/"
# Wagtail's page editor and reports carry scripts and styles inside their HTML.
INLINE_PREFIXES = ("/staff/pages/", "/staff/reports/")


def inline_code_for_editors(get_response: Answer) -> Answer:
    """Lets Wagtail's page editor and reports run what is inside their HTML; no other page."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(INLINE_PREFIXES):
            # Without the nonce: browsers that see one ignore 'unsafe-inline'.
            inline = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}
            # django-csp reads it from there, as its own decorators set it.
            response._csp_replace = inline  # type: ignore[attr-defined]
        return response

    return middleware


def two_factor_for_staff(get_response: Answer) -> Answer:
    """Sends staff who signed in with one factor from the back office to where they set up two.

    Whoever has a second factor was asked for it when signing in: allauth sees to that. Whoever
    is signed in and is not staff is told so; Wagtail would send them round in circles.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(STAFF_PREFIX) or not request.user.is_authenticated:
            return get_response(request)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if not is_mfa_enabled(request.user):
            messages.info(
                request, _("The back office needs a second step at sign-in. Set it up here first.")
            )
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware
