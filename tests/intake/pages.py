"""The URLs of an import's pages, and the text of a page."""

from typing import Protocol

from django.urls import reverse

from hereabouts.imports.models import ImportBatch

UPLOAD = "/staff/activities/import/"
PAGES = ("upload", "template", "left_out", "list", "show", "columns", "check", "result", "save")
SCRIPT = "<script>alert(1)</script>"


class Answer(Protocol):
    """A response of the test client, as far as it is read here."""

    @property
    def content(self) -> bytes: ...


def text_of(response: Answer) -> str:
    """The HTML of the page, with single spaces."""
    return " ".join(response.content.decode().split())


def url_of(batch: ImportBatch, name: str, *more: str) -> str:
    """The URL of one of the import's pages: `url_of(batch, "left_out", "csv")`."""
    return reverse(f"activities_imports:{name}", args=[batch.pk, *more])


def every_url(batch: ImportBatch) -> dict[str, str]:
    """Name → URL of every page of `imports`."""
    return {
        "upload": UPLOAD,
        "template": reverse("activities_imports:template", args=["csv"]),
        "left_out": url_of(batch, "left_out", "csv"),
        "list": reverse("activities_imports_list:index"),
        **{name: url_of(batch, name) for name in ("show", "columns", "check", "result", "save")},
    }
