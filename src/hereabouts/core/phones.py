"""Phone numbers as people write them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_DIGITS = 6
# Digits and what stands between them, then an extension.
ONE_NUMBER = re.compile(r"[\d\s()+./-]*(ext?\.?\s*\d+)?", re.IGNORECASE)


def validate_phone(text: str) -> None:
    """Refuses what a phone cannot ring: words, or too few digits."""
    if len(re.findall(r"\d", text)) < FEWEST_DIGITS or not ONE_NUMBER.fullmatch(text):
        raise ValidationError(_("Write one phone number such as 0115 496 0142."))
