"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Residents need no account, so nobody signs up: staff are invited by a manager."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
