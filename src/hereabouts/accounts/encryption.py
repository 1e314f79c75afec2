"""Encryption of second-step secrets, which nobody reads in the database or in a copy of it."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotDecrypt(Exception):
    """Never encrypted, or by a key in neither `SECRET_KEY` nor `SECRET_KEY_FALLBACKS`."""


def encrypt(text: str) -> str:
    """`text` as a Fernet token that only this installation can decrypt."""
    return _keys().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token of the current secret key, or of an earlier one.

    Raises `CannotDecrypt`.
    """
    try:
        return _keys().decrypt(token.encode()).decode()
    except InvalidToken as error:
        raise CannotDecrypt from error


def _keys() -> MultiFernet:
    """The first key encrypts; all of them decrypt."""
    return MultiFernet(
        [_key_from(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key_from(secret: str) -> Fernet:
    # A key for this purpose alone: nothing else that is derived from the secret key decrypts it.
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"hereabouts second step")
    return Fernet(urlsafe_b64encode(derived.derive(secret.encode())))
