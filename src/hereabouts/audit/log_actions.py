"""How the audit trail words its lines. Contexts register their own actions:

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
    """Words each changed field as "Phone: from nothing to “0115 496 0171”"."""

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
    """Register the action `name`, shown as `label` in filters and as `message` in lines."""
    words = {"label": label, "message": message or label}
    actions.register_action(name)(type("RegisteredFormatter", (ChangeFormatter,), words))


def _label(log_entry: Any, name: str) -> str:
    """The verbose name of the field; `name` itself for what is no field, such as an access fact."""
    model = log_entry.content_type.model_class()
    known = {field.name: field for field in model._meta.get_fields()} if model else {}
    return capfirst(str(getattr(known.get(name), "verbose_name", name)))


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("nothing") if value in (None, "") else f"“{value}”"
