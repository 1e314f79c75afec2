from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hereabouts.accounts"
    label = "accounts"
