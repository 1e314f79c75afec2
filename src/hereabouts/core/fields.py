"""Model fields that several contexts use."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class ChosenField(models.JSONField):
    """Any number of values of a TextChoices, stored as a JSON list in the order of the choices."""

    default_error_messages = {"invalid_choice": _("%(value)s is not one of the choices.")}

    def __init__(self, *args: Any, among: type[models.TextChoices], **kwargs: Any) -> None:
        self.among = among
        kwargs["default"], kwargs["blank"] = list, True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Deconstruct to a plain JSONField: migrations then do not import this class."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def clone(self) -> Any:
        """A plain JSONField, as migrations have it."""
        _name, _path, args, kwargs = self.deconstruct()
        return models.JSONField(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Sort the values and drop repeats. Raises `ValidationError` for an unknown value."""
        chosen = self.in_order(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, chosen)
        return chosen

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        self.in_order(value)

    def in_order(self, chosen: Iterable[str]) -> list[str]:
        """`chosen` without repeats, in the order of the choices."""
        codes = {str(code) for code in chosen}
        unknown = sorted(codes - set(self.among.values))
        if unknown:
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": unknown[0]})
        return [code for code in self.among.values if code in codes]

    def formfield(self, **kwargs: Any) -> Any:
        """Check boxes, one for each value."""
        return forms.MultipleChoiceField(
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=self.help_text,
            required=False,
            choices=self.among.choices,
            widget=forms.CheckboxSelectMultiple,
        )
