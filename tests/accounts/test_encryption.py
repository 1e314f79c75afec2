"""Secrets of second steps, encrypted in the database."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from pytest_django import Settings

from hereabouts.accounts.encryption import CannotDecrypt, decrypt, encrypt
from tests import make

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_what_was_sealed_can_be_read_again() -> None:
    token = encrypt(SECRET)

    assert SECRET not in token
    assert decrypt(token) == SECRET


def test_a_secret_sealed_with_an_earlier_key_can_be_read(settings: Settings) -> None:
    token = encrypt(SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    assert decrypt(token) == SECRET


def test_a_secret_is_sealed_with_the_key_of_now(settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = ["old"]
    token = encrypt(SECRET)
    settings.SECRET_KEY_FALLBACKS = []

    assert decrypt(token) == SECRET


def test_another_key_does_not_open_it(settings: Settings) -> None:
    token = encrypt(SECRET)
    settings.SECRET_KEY = "another"

    with pytest.raises(CannotDecrypt):
        decrypt(token)


@pytest.mark.parametrize("text", ["", SECRET, "é"])
def test_what_was_never_sealed_is_not_read(text: str) -> None:
    with pytest.raises(CannotDecrypt):
        decrypt(text)


@pytest.mark.django_db
def test_the_database_holds_no_secret_of_a_second_step_in_the_clear() -> None:
    user = make.user()

    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)

    held = {row.type: row.data for row in Authenticator.objects.filter(user=user)}
    assert decrypt(held["totp"]["secret"]) == SECRET
    assert decrypt(held["recovery_codes"]["seed"]) != held["recovery_codes"]["seed"]
