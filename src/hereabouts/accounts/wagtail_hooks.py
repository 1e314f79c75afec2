"""The audit trail's words in the back office."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter


class TellsChanges(LogFormatter):
    """Says of each changed field what it was and what it became."""

    def format_comment(self, log_entry: Any) -> str:
        changes = log_entry.data.get("changes", {})
        return "; ".join(
            _("%(field)s: from “%(was)s” to “%(now)s”")
            % {"field": self._label(log_entry, name), "was": _told(was), "now": _told(now)}
            for name, (was, now) in changes.items()
        )

    def _label(self, log_entry: Any, name: str) -> str:
        model = log_entry.content_type.model_class()
        known = {field.name: field for field in model._meta.get_fields()} if model else {}
        return str(getattr(known.get(name), "verbose_name", name))


def _told(value: object) -> str:
    return _("nothing") if value in (None, "") else str(value)


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    """The words of what can happen to a thing."""
    for name, label, message in (
        ("hereabouts.create", gettext_lazy("Added"), gettext_lazy("Added")),
        ("hereabouts.edit", gettext_lazy("Changed"), gettext_lazy("Changed")),
        ("hereabouts.delete", gettext_lazy("Removed"), gettext_lazy("Removed")),
        ("hereabouts.roles", gettext_lazy("Roles given"), gettext_lazy("Roles given")),
        ("hereabouts.publish", gettext_lazy("Published"), gettext_lazy("Published")),
        ("hereabouts.retire", gettext_lazy("Taken down"), gettext_lazy("Taken down")),
        ("hereabouts.check", gettext_lazy("Checked"), gettext_lazy("Said to be still running")),
        ("hereabouts.import", gettext_lazy("Imported"), gettext_lazy("Came in with an import")),
    ):
        formatter = type("Told", (TellsChanges,), {"label": label, "message": message})
        actions.register_action(name)(formatter)
