"""Validation of phone numbers."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_DIGITS = 6
# Digits with the usual separators, then perhaps an extension.
ONE_NUMBER = re.compile(r"[\d\s()+./-]*(ext?\.?\s*\d+)?", re.IGNORECASE)


def validate_phone(text: str) -> None:
    """Raise `ValidationError` unless `text` is one phone number, such as "0115 496 0142 ext 3"."""
    if len(re.findall(r"\d", text)) < FEWEST_DIGITS or not ONE_NUMBER.fullmatch(text):
        raise ValidationError(_("Write one phone number such as 0115 496 0142."))
