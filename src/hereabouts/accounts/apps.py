from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "hereabouts.accounts"
    label = "accounts"
    # Django finds two here.
    default = True

    def ready(self) -> None:
        # Connects allauth's signals to the audit trail.
        from hereabouts.accounts import receivers  # noqa: F401  # importing it is the point


class StaffUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app with our pages: they write through actions and know no passwords."""

    user_viewset = "hereabouts.accounts.users.UserViewSet"
