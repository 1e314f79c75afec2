"""Answers that are asked for in more than one form."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PENCE = 100


class StatedField(forms.TypedChoiceField):
    """Yes, no, or nobody said."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Not stated")), ("yes", _("Yes")), ("no", _("No"))]
        super().__init__(
            choices=choices, coerce="yes".__eq__, empty_value=None, required=False, **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)


def pounds_field(label: Any, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=Decimal(1000),
        decimal_places=2,
        **kwargs,
    )
