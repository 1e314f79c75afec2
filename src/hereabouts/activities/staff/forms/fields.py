"""Kinds of field that several forms have, and fields that stand together on a page."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PENCE = 100


class StatedField(forms.TypedChoiceField):
    """A choice of yes (True), no (False) and not stated (None)."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """A form set, such as the breaks, with its legend and help."""

    legend: str | Promise
    help: str | Promise
    lines: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A fieldset of the page: single fields first, then form sets."""

    legend: str | Promise
    fields: list[forms.BoundField]
    rows: tuple[Rows, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Does a field or a row of the group have an error?"""
        return any(field.errors for field in self.fields) or any(
            not rows.lines.is_valid() for rows in self.rows if rows.lines.is_bound
        )
