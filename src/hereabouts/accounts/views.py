"""A person's own page, and what they read when they try too often."""

from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hereabouts.accounts import queries
from hereabouts.accounts.http import SignedInRequest


@login_required
def account_home(request: HttpRequest) -> HttpResponse:
    """A person's name, roles and second step, with links to where they work."""
    user = cast(SignedInRequest, request).user
    context = {
        "roles": queries.roles_of(user),
        "has_second_step": is_mfa_enabled(user),
        "may_enter_back_office": user.has_perm("wagtailadmin.access_admin"),
    }
    return render(request, "account/home.jinja", context)


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """429: somebody, or a machine, tried to sign in too often from one place."""
    return render(request, "account/too_many_tries.jinja", status=429)
