"""Abstract base models."""

import uuid

from django.db import models


class Published(models.Model):
    """A model with a public id, which other systems may keep: it never changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A model that two people may edit at once: `audit.edits` bumps its version at each save."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
