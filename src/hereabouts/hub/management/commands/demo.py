"""A working copy with invented organisations: database, demo world, worker and server."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone

from hereabouts.accounts.demo import EMAILS
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import STAFF_ROLES, Role
from hereabouts.hub import demo
from hereabouts.places.demo import load_boundaries


class Command(BaseCommand):
    help = "Make the demo world and serve it, with a worker beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument(
            "--only-make", action="store_true", help="Make the demo world and do not serve it."
        )

        parser.add_argument(
            "--codes", action="store_true", help="Print the second-step numbers of this moment."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo world is only for a developer's machine. "
                "Run it with DJANGO_SETTINGS_MODULE=hereabouts.config.settings.dev."
            )
        if options["codes"]:
            self._print_codes()
        else:
            self._make_and_serve(options["port"], is_served=not options["only_make"])

    def _make_and_serve(self, port: int, *, is_served: bool) -> None:
        if is_served:
            self._refuse_busy_port(port)
        self.stdout.write("Database")
        settings.VAR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self.stdout.write("Demo world")
        people = demo.build(at=timezone.now())
        if not load_boundaries(settings.HEREABOUTS_OPEN_DATA / "geography"):
            self.stdout.write("No boundaries at HEREABOUTS_OPEN_DATA: the map shows pins and names")
        self._print_sign_ins(people, port=port)
        if is_served:
            self._serve(port)

    def _refuse_busy_port(self, port: int) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Something already listens on port {port}. Stop it, or: make demo PORT=8001"
                ) from error

    def _print_sign_ins(self, people: Mapping[Role, User], *, port: int) -> None:
        self.stdout.write(f"\nOpen http://localhost:{port}/ and look near NG20 8PA.")
        self.stdout.write(
            f"Sign in at http://localhost:{port}/accounts/login/ with one of these addresses. "
            "The code comes by e-mail, which here means on this terminal.\n"
        )
        for role, user in people.items():
            second = _second_step(user) if role in STAFF_ROLES else "no second step"
            self.stdout.write(f"  {role.label:<10} {user.email:<34} {second}")
        self.stdout.write(
            "\nThe second step is a six-digit number from an authenticator app with that secret, "
            "or from: make code\n"
        )

    def _print_codes(self) -> None:
        for authenticator in _authenticators().order_by("user__email"):
            self.stdout.write(f"{_number_now(authenticator)}  {authenticator.user.email}")

    def _serve(self, port: int) -> None:
        """The server, and beside it the worker, which ends with the server however that ends."""
        # Being told to stop is a reason to clean up, as Ctrl-C is.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        worker = subprocess.Popen(
            [
                sys.executable,
                sys.argv[0],
                "db_worker",
                "--backend",
                "background",
                "--no-reload",
                "--no-startup-delay",
            ]
        )
        try:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
        finally:
            worker.terminate()
            worker.wait(timeout=20)


def _authenticators() -> QuerySet[Authenticator]:
    known: QuerySet[Authenticator] = Authenticator.objects.filter(
        user__email__in=EMAILS.values(), type=Authenticator.Type.TOTP
    )
    return known


def _second_step(user: User) -> str:
    """The secret of this user's second step, made when there is none."""
    known = _authenticators().filter(user=user).first()
    if known is None:
        known = totp.TOTP.activate(user, totp.generate_totp_secret()).instance
    return f"secret {decrypt(known.data['secret'])}"


def _number_now(authenticator: Authenticator) -> str:
    """The six digits that an authenticator app shows now."""
    counter = list(totp.yield_hotp_counters_from_time())[mfa.TOTP_TOLERANCE]
    number = totp.hotp_value(decrypt(authenticator.data["secret"]), counter)
    return f"{number:0{mfa.TOTP_DIGITS}}"
