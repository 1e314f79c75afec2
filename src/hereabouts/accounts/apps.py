from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hereabouts.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Connects allauth's signals to the audit trail.
        from hereabouts.accounts import receivers  # noqa: F401  # importing it is the point
