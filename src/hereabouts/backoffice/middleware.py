"""Middleware of the back office: two factors to enter, and its own content security policy."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from csp.constants import SELF, UNSAFE_INLINE
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]

STAFF_PREFIX = "/staff/"
# Wagtail's page editor and reports have inline scripts and styles.
INLINE_PREFIXES = ("/staff/pages/", "/staff/reports/")


def inline_code_for_editors(get_response: Answer) -> Answer:
    """Allow inline scripts and styles on Wagtail's page editor and reports only."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(INLINE_PREFIXES):
            # Without a nonce: where there is one, browsers ignore 'unsafe-inline'.
            inline = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}
            # The attribute that django-csp's own decorators set.
            response._csp_replace = inline  # type: ignore[attr-defined]
        return response

    return middleware


def two_factor_for_staff(get_response: Answer) -> Answer:
    """Admit staff to the back office only after both factors in this session.

    Staff without a second factor are sent to set it up. Staff who set it up in another session are
    signed out, and sign in with both. Other users get a 403, since Wagtail would redirect them in a
    loop.
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
        if not _gave_second_step(request):
            logout(request)
            messages.info(request, _("Sign in again, this time with the second step."))
            return redirect_to_login(request.get_full_path())
        return get_response(request)

    return middleware


def _gave_second_step(request: HttpRequest) -> bool:
    """Was an app's code or a recovery code given? allauth records both in the session as "mfa"."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)
