"""Form fields as components of the design system: the parameters of each macro."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Input
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Parameters = dict[str, Any]

# Attributes that the macros write themselves, or that we do not want: `required` makes browsers
# refuse before our own messages, and a placeholder disappears at the first key.
NOT_PASSED_ON = frozenset(
    {
        "aria-describedby",
        "aria-invalid",
        "autocomplete",
        "checked",
        "class",
        "cols",
        "disabled",
        "id",
        "inputmode",
        "placeholder",
        "required",
        "rows",
    }
)


@dataclass(frozen=True, kw_only=True)
class Component:
    """A field as a macro draws it: which macro, its parameters, and the id that errors link to."""

    kind: str
    parameters: Parameters
    target: str


def component(bound: forms.BoundField) -> Component:
    """The component that draws this field. Raises `TypeError` for a widget without one."""
    widget = bound.field.widget
    for widget_class, kind, parameters in COMPONENTS:
        if isinstance(widget, widget_class):
            target = f"{bound.auto_id}-day" if kind == "date-input" else bound.auto_id
            return Component(kind=kind, parameters=parameters(bound), target=target)
    raise TypeError(f"No component draws {type(widget).__name__}: add one to COMPONENTS")


def problems(form: forms.BaseForm, targets: Mapping[str, str] | None = None) -> list[Parameters]:
    """What is to be put right, as `govukErrorSummary` takes its list: what no field shows first.

    `targets` is for a page that does not draw each field by its component. It names the element
    that the messages of a field lead to, as in {"day": "filter-day"}; those of a field that is not
    in it lead nowhere.
    """
    found = [_problem(str(message)) for message in form.non_field_errors()]
    for bound in (*form.hidden_fields(), *form.visible_fields()):
        target = _target(bound) if targets is None else targets.get(bound.name, "")
        found += [_problem(str(message), target) for message in bound.errors]
    return found


def _target(bound: forms.BoundField) -> str:
    return "" if bound.is_hidden else component(bound).target


def _problem(message: str, target: str = "") -> Parameters:
    return {"text": message} | ({"href": f"#{target}"} if target else {})


class DateParts(forms.MultiWidget):
    """Day, month and year in three boxes: for a known date quicker than a calendar."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(dict.fromkeys(("day", "month", "year"), forms.TextInput), attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateInPartsField(forms.MultiValueField):
    """A date from 1900 on, typed in three boxes."""

    widget = DateParts

    def __init__(self, **kwargs: Any) -> None:
        year_in_full = gettext_lazy("Write the year in full, for example 1951.")
        super().__init__(
            (
                forms.IntegerField(),
                forms.IntegerField(),
                forms.IntegerField(min_value=1900, error_messages={"min_value": year_in_full}),
            ),
            **kwargs,
        )

    def compress(self, data_list: list[int]) -> date | None:
        if not data_list:
            return None
        day, month, year = data_list
        try:
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(
                _("There is no such date. Write it like 27 3 1951."), code="no_such_date"
            ) from None


def _attributes(bound: forms.BoundField) -> Parameters:
    """The widget's HTML attributes, completed by the bound field."""
    attrs: Parameters = bound.build_widget_attrs(dict(bound.field.widget.attrs))
    return attrs


def _common(bound: forms.BoundField) -> Parameters:
    parameters: Parameters = {"name": bound.html_name}
    if bound.help_text:
        parameters["hint"] = {"text": bound.help_text}
    if bound.errors:
        parameters["errorMessage"] = {
            "text": " ".join(str(error) for error in bound.errors),
            "visuallyHiddenText": _("Error"),
        }
    return parameters


def _control(bound: forms.BoundField) -> Parameters:
    """One control with a label of its own."""
    attrs = _attributes(bound)
    return _common(bound) | {
        "id": bound.auto_id,
        "label": {"text": bound.label},
        "classes": attrs.get("class", ""),
        "autocomplete": attrs.get("autocomplete"),
        "disabled": attrs.get("disabled"),
        "attributes": {
            name: True if value is True else str(value)
            for name, value in attrs.items()
            if name not in NOT_PASSED_ON and value not in (None, False)
        },
    }


def _group(bound: forms.BoundField) -> Parameters:
    """Several controls under one legend."""
    return _common(bound) | {
        "idPrefix": bound.auto_id,
        "fieldset": {"legend": {"text": bound.label}},
    }


def _typed(bound: forms.BoundField) -> Any:
    """The value as the widget formats it; "" for None."""
    written = bound.field.widget.format_value(bound.value())
    return "" if written is None else written


def _choices(bound: forms.BoundField) -> list[Parameters]:
    """Every choice in one list without groups, the chosen ones marked."""
    widget = bound.field.widget
    mark = "selected" if isinstance(widget, forms.Select) else "checked"
    chosen = widget.format_value(bound.value())
    return [
        {"value": option["value"], "text": option["label"], mark: option["selected"]}
        for _name, options, _index in widget.optgroups(bound.html_name, chosen)
        for option in options
    ]


def _input(bound: forms.BoundField) -> Parameters:
    attrs = _attributes(bound)
    return _control(bound) | {
        "type": bound.field.widget.input_type,
        "inputmode": attrs.get("inputmode"),
        "value": _typed(bound),
    }


def _textarea(bound: forms.BoundField) -> Parameters:
    return _control(bound) | {"rows": _attributes(bound).get("rows"), "value": _typed(bound)}


def _select(bound: forms.BoundField) -> Parameters:
    return _control(bound) | {"items": _choices(bound)}


def _several(bound: forms.BoundField) -> Parameters:
    return _group(bound) | {"items": _choices(bound)}


def _tick(bound: forms.BoundField) -> Parameters:
    """The parameters of a single check box: it has a label and no legend."""
    value = bound.value()
    box = {"value": "on", "text": bound.label, "checked": bool(value)}
    return _common(bound) | {"idPrefix": bound.auto_id, "items": [box]}


def _date(bound: forms.BoundField) -> Parameters:
    widget = bound.field.widget
    value = bound.value()
    typed = value if isinstance(value, list) else widget.decompress(value)
    labels: dict[str, str | Promise] = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    items = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}-{part}",
            "label": label,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if bound.errors else ""),
            "value": "" if number is None else number,
        }
        for (part, label), number in zip(labels.items(), typed, strict=True)
    ]
    return _group(bound) | {"id": bound.auto_id, "items": items}


# The first match counts: Django's widgets inherit from each other.
COMPONENTS: tuple[tuple[type[forms.Widget], str, Callable[[forms.BoundField], Parameters]], ...] = (
    (DateParts, "date-input", _date),
    (forms.CheckboxSelectMultiple, "checkboxes", _several),
    (forms.RadioSelect, "radios", _several),
    (forms.CheckboxInput, "checkboxes", _tick),
    (forms.Select, "select", _select),
    (forms.Textarea, "textarea", _textarea),
    (Input, "input", _input),
)
