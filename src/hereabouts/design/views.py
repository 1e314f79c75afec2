"""The page that shows every component."""

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hereabouts.design.sample import SampleForm


def components(request: HttpRequest) -> HttpResponse:
    """Every component of the design system in every state."""
    thirtieth_of_february = {"born_on_day": "30", "born_on_month": "2", "born_on_year": "1951"}
    context = {
        "untouched": SampleForm(
            prefix="new", initial={"distance": "3", "needs": ["step"], "answer": "yes"}
        ),
        "came_back": SampleForm({"email": "name at example", **thirtieth_of_february}),
        "samples_of_messages": [
            Message(constants.SUCCESS, _("Saved. The class is on the list now.")),
            Message(constants.INFO, _("The office is closed on Monday.")),
            Message(constants.WARNING, _("This class has not been checked for eleven weeks.")),
        ],
    }
    return render(request, "design/component_page.jinja", context)
