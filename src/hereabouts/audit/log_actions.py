"""The words of the audit trail: contexts register the actions that are their own.

@hooks.register("register_log_actions")
def register(actions: LogActionRegistry) -> None:
    log_actions.register(actions, "hereabouts.publish", label=_("Published"))
"""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise
from wagtail.log_actions import LogActionRegistry, LogFormatter


class ChangeFormatter(LogFormatter):
    """Says of each changed field what it was and what it became."""

    def format_comment(self, log_entry: Any) -> str:
        changes = log_entry.data.get("changes", {})
        return "; ".join(
            _("%(field)s: from %(was)s to %(now)s")
            % {"field": _label(log_entry, name), "was": _in_words(was), "now": _in_words(now)}
            for name, (was, now) in changes.items()
        )


def register(
    actions: LogActionRegistry, name: str, *, label: StrOrPromise, message: StrOrPromise = ""
) -> None:
    """Let the trail show the action `name` as `label` in filters and `message` in lines."""
    words = {"label": label, "message": message or label}
    actions.register_action(name)(type("RegisteredFormatter", (ChangeFormatter,), words))


def _label(log_entry: Any, name: str) -> str:
    """What people call the field; the name itself for what is no field, as an access fact."""
    model = log_entry.content_type.model_class()
    known = {field.name: field for field in model._meta.get_fields()} if model else {}
    return capfirst(str(getattr(known.get(name), "verbose_name", name)))


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("nothing") if value in (None, "") else f"“{value}”"
