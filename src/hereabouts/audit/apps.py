from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hereabouts.audit"
    label = "audit"
