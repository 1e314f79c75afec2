"""Files on their way in: what was in them, and what came of each row."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hereabouts.core.models import Published


class ImportBatch(Published):
    """One uploaded file: what was in it, how its columns were matched, what came of it."""

    class State(models.TextChoices):
        UPLOADED = "UPLOADED", _("Columns to match")
        MATCHED = "MATCHED", _("Ready to check")
        RUNNING = "RUNNING", _("Being saved")
        DONE = "DONE", _("Saved")
        FAILED = "FAILED", _("Stopped; nothing was saved")

    # Which importer reads it: `importers.get(kind)`.
    kind = models.CharField(_("what it brings in"), max_length=30, editable=False)
    file_name = models.CharField(_("file"), max_length=255)
    # The header cells in their order; no two are the same.
    headings = models.JSONField(default=list)
    # Heading → column of the importer; a heading that is left out is only kept to show.
    columns = models.JSONField(default=dict)
    # Question about the whole file → answer, such as: colour of a pin → what it means.
    answers = models.JSONField(default=dict)
    # Lines and areas of a map, which are no rows.
    shapes_left_out = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.UPLOADED)
    # Why it stopped: a sentence for whoever uploaded it.
    failure = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.file_name


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def left_out(self) -> Self:
        """Rows that could not be saved as they stand, in the order of the file."""
        return self.filter(outcome=ImportRow.Outcome.REJECTED).order_by("number")


class ImportRow(models.Model):
    """One row of an import as it stood in the file, and what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "WAITING", _("Not saved yet")
        PUBLISHED = "PUBLISHED", _("Added and published")
        DRAFT = "DRAFT", _("Added as a draft")
        UPDATED = "UPDATED", _("Changed")
        UNCHANGED = "UNCHANGED", _("Nothing new")
        REJECTED = "REJECTED", _("Left out")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    # As the spreadsheet numbers it: with nothing above it, the heading is row 1.
    number = models.PositiveIntegerField()
    # Cells as text, in the order of the batch's headings.
    cells = models.JSONField(default=list)
    # What a person chose for it in the preview, as the importer's question sends it; empty for
    # nothing yet.
    choice = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.WAITING)
    reasons = models.JSONField(default=list)
    # The key of the record that came of it, of whichever model the importer writes. No foreign key:
    # this room knows no record, and a record may be removed while its row stays.
    record_id = models.BigIntegerField(null=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="a_row_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, row {self.number}"
