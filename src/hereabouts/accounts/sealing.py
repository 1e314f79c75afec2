"""Secrets of second steps, which nobody reads in the database or in a copy of it."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class NotReadable(Exception):
    """Never sealed, or with a key that is in neither `SECRET_KEY` nor `SECRET_KEY_FALLBACKS`."""


def seal(text: str) -> str:
    """`text` as only this installation reads it."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed with the secret key of now, or with an earlier one. Raises `NotReadable`."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise NotReadable from error


def _box() -> MultiFernet:
    """The first key seals; all of them open."""
    return MultiFernet(
        [_key_from(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key_from(secret: str) -> Fernet:
    # A key of its own for this purpose, so that nothing else made from the secret key opens it.
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hereabouts second step")
    return Fernet(urlsafe_b64encode(derived.derive(secret.encode())))
