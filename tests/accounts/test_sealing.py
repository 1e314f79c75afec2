"""Secrets of second steps, sealed in the database."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from pytest_django import Settings

from hereabouts.accounts.sealing import NotReadable, seal, unseal
from tests import make

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_what_was_sealed_can_be_read_again() -> None:
    sealed = seal(SECRET)

    assert SECRET not in sealed
    assert unseal(sealed) == SECRET


def test_a_secret_sealed_with_an_earlier_key_can_be_read(settings: Settings) -> None:
    sealed = seal(SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    assert unseal(sealed) == SECRET


def test_a_secret_is_sealed_with_the_key_of_now(settings: Settings) -> None:
    settings.SECRET_KEY_FALLBACKS = ["old"]
    sealed = seal(SECRET)
    settings.SECRET_KEY_FALLBACKS = []

    assert unseal(sealed) == SECRET


def test_another_key_does_not_open_it(settings: Settings) -> None:
    sealed = seal(SECRET)
    settings.SECRET_KEY = "another"

    with pytest.raises(NotReadable):
        unseal(sealed)


@pytest.mark.parametrize("text", ["", SECRET, "é"])
def test_what_was_never_sealed_is_not_read(text: str) -> None:
    with pytest.raises(NotReadable):
        unseal(text)


@pytest.mark.django_db
def test_the_database_holds_no_secret_of_a_second_step_in_the_clear() -> None:
    user = make.user()

    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)

    held = {one.type: one.data for one in Authenticator.objects.filter(user=user)}
    assert unseal(held["totp"]["secret"]) == SECRET
    assert unseal(held["recovery_codes"]["seed"]) != held["recovery_codes"]["seed"]
