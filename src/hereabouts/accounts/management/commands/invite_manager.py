"""Creates the first manager, who invites everybody else in the back office."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from hereabouts.accounts import actions
from hereabouts.accounts.permissions import Role
from hereabouts.core.refusals import Refusal


class Command(BaseCommand):
    help = "Let somebody sign in as a manager, by a code sent to their e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
            actions.invite(email=email, name=name, roles=[Role.MANAGER], by=None, at=timezone.now())
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address.") from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{name} can sign in at /accounts/login/ with {email}.")
