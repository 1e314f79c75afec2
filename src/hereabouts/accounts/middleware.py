"""Staff need two factors before they see the back office."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

STAFF_PREFIX = "/staff/"


def two_factor_for_staff(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sends whoever signed in with one factor from the back office to the page that sets up two.

    Whoever has a second factor was asked for it when signing in: allauth sees to that.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        in_back_office = request.path.startswith(STAFF_PREFIX)
        if in_back_office and request.user.is_authenticated and not is_mfa_enabled(request.user):
            messages.info(
                request, _("The back office needs a second step at sign-in. Set it up here first.")
            )
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware
