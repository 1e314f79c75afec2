"""Wagtail's pages cut down: fewer panels, or for fewer roles."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, ThemeSettingsPanel
from wagtail.admin.views.reports.audit_logging import LogEntriesView

from hereabouts.backoffice.viewsets import ESCAPE_FORMULAS

may_read_trail = permission_required("accounts.view_audit", raise_exception=True)


class PreferencesView(AccountView):
    """A user's theme. Only a manager changes names and e-mail addresses."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if isinstance(panel, ThemeSettingsPanel)]


class TrailView(LogEntriesView):
    """The audit trail of the whole site, with old and new values."""

    results_template_name = "backoffice/trail_results.html"
    page_title = gettext_lazy("Who changed what")
    custom_value_preprocess: ClassVar[dict[Any, Any]] = {
        **LogEntriesView.custom_value_preprocess,
        **ESCAPE_FORMULAS,
    }


preferences = require_admin_access(PreferencesView.as_view())
trail = require_admin_access(may_read_trail(TrailView.as_view()))
trail_results = require_admin_access(may_read_trail(TrailView.as_view(results_only=True)))


def not_offered(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """404 for a page of Wagtail that we do not offer."""
    raise Http404
