from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class BackofficeConfig(AppConfig):
    name = "hereabouts.backoffice"
    label = "backoffice"
    # This module has two app configs.
    default = True


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app with our pages, which write through actions and ask for no password."""

    user_viewset = "hereabouts.backoffice.users.UserViewSet"
