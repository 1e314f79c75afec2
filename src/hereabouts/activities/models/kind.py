"""What an activity is: the concepts of the OpenActive activity list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.Model):
    """A concept of the OpenActive activity list; one may have several broader ones."""

    identifier = models.URLField(_("identifier"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    broader = models.ManyToManyField("self", symmetrical=False, related_name="narrower", blank=True)

    class Meta:
        verbose_name = _("kind of activity")
        verbose_name_plural = _("kinds of activity")

    def __str__(self) -> str:
        return self.name
