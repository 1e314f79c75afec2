"""A form with one field of every kind, for the page that shows the components."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hereabouts.design.forms import DateInPartsField


class SampleForm(forms.Form):
    """A field of every kind that `design.forms` draws, for the page of components only."""

    name = forms.CharField(
        label=_("What should we call you?"),
        help_text=_("A first name is enough."),
        error_messages={"required": _("Tell us what to call you.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Write the whole address, like name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )
    born_on = DateInPartsField(
        label=_("When were you born?"), help_text=_("For example 27 3 1951."), required=False
    )
    distance = forms.ChoiceField(
        label=_("How far?"),
        choices=[("1", _("1 mile")), ("3", _("3 miles")), ("5", _("5 miles"))],
        error_messages={"required": _("Choose how far.")},
    )
    needs = forms.MultipleChoiceField(
        label=_("What do you need?"),
        choices=[
            ("step", _("Step-free way in")),
            ("loop", _("Hearing loop")),
            ("toilet", _("Toilet")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    answer = forms.ChoiceField(
        label=_("May we write to you?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        error_messages={"required": _("Choose yes or no.")},
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What do you like to do?"),
        error_messages={"required": _("Write a few words.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    agreed = forms.BooleanField(
        label=_("I have read what happens with my answers"),
        error_messages={"required": _("Tick the box when you have read it.")},
    )
