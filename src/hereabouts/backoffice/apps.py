from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class BackofficeConfig(AppConfig):
    name = "hereabouts.backoffice"
    label = "backoffice"
    # Django finds two here.
    default = True


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app with our pages: they write through actions and know no passwords."""

    user_viewset = "hereabouts.backoffice.users.UserViewSet"
