"""What several contexts' models share."""

import uuid

from django.db import models


class Published(models.Model):
    """A model that other systems may point at: its identifier never changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A model that two people may edit at once: each save counts one up."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
