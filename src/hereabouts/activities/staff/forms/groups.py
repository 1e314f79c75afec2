"""Fields that belong together on a page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """Lines that belong to an activity, as the page shows them."""

    legend: str | Promise
    help: str | Promise
    lines: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Fields that belong together, then what comes in lines."""

    legend: str | Promise
    fields: list[forms.BoundField]
    rows: tuple[Rows, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Is something in it to be put right?"""
        return any(field.errors for field in self.fields) or any(
            not rows.lines.is_valid() for rows in self.rows if rows.lines.is_bound
        )
