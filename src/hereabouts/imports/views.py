"""Importing a file: upload it, match its columns, look it over, save it."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import select_template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hereabouts.accounts.http import SignedInRequest
from hereabouts.core.refusals import Refusal
from hereabouts.files import spreadsheets
from hereabouts.imports import actions, importers, presenters, queries, tasks
from hereabouts.imports.forms import ColumnsForm, UploadForm, read_choices
from hereabouts.imports.importers import Importer
from hereabouts.imports.models import ImportBatch, ImportRow

State = ImportBatch.State
ROWS_A_PAGE = 50
WRITERS = {
    "csv": (spreadsheets.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        spreadsheets.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
# The page of each state.
PAGES = {
    State.UPLOADED: "columns",
    State.MATCHED: "check",
    State.FAILED: "result",
    State.RUNNING: "result",
    State.DONE: "result",
}

View = Callable[..., HttpResponse]


def importers_only(view: View) -> View:
    """Opens a page to whoever may import that kind of record."""

    @permission_required("imports.add_importbatch", raise_exception=True)
    @wraps(view)
    def guarded(request: SignedInRequest, kind: str, **kwargs: Any) -> HttpResponse:
        importer = importers.get(kind)
        if not importer.may_import(request.user):
            raise PermissionDenied
        return view(request, importer, **kwargs)

    return guarded


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest, importer: Importer[Any, Any]) -> HttpResponse:
    """Choose a file."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted, importer=importer)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.upload(
                kind=importer.kind,
                file_name=file.name,
                content=file.read(),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(importer.url("columns", batch.pk))
    may_change = importer.may_change(request.user)
    title = _("Import a file")
    return _page(request, importer, "upload", title, form=form, may_change=may_change)


@importers_only
@require_GET
def template(request: HttpRequest, importer: Importer[Any, Any], extension: str) -> HttpResponse:
    """A spreadsheet with our headings and one made-up row, to fill in."""
    columns = [column for column in importer.columns if column not in importer.only_in_maps]
    example = [importer.example.get(column, "") for column in columns]
    headings = [str(column.label) for column in columns]
    return _download(importer.download_name, extension, headings, [example])


@importers_only
@require_GET
def show(request: SignedInRequest, importer: Importer[Any, Any], pk: int) -> HttpResponse:
    """The page where this import is now."""
    return _to_its_page(_batch(request, importer, pk))


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: SignedInRequest, importer: Importer[Any, Any], pk: int) -> HttpResponse:
    """Say which heading means which column."""
    batch = _batch(request, importer, pk)
    samples = presenters.samples(batch, batch.rows.order_by("number")[:ROWS_A_PAGE])
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        batch=batch,
        importer=importer,
        samples=samples,
        questions=importer.file_questions(queries.file_of(batch), queries.rows_of(batch)),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.match_columns(batch=batch, columns=form.columns, answers=form.answers)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(importer.url("check", batch.pk))
    title = _("Match the columns")
    return _page(request, importer, "columns", title, batch=batch, form=form, samples=samples)


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, importer: Importer[Any, Any], pk: int) -> HttpResponse:
    """Look at what saving would do, row by row, and answer what is asked of rows."""
    batch = _batch(request, importer, pk)
    if batch.state not in {State.MATCHED, State.FAILED}:
        return _to_its_page(batch)
    if request.method == "POST":
        return _keep_choices(request, importer, batch)
    preview = queries.preview(batch)
    to_look_at = [decision for decision in preview.decisions if decision.change.wants_a_look]
    is_filtered = request.GET.get("show") == "to-look-at"
    page = Paginator(to_look_at if is_filtered else preview.decisions, ROWS_A_PAGE).get_page(
        request.GET.get("p")
    )
    today = timezone.localdate()
    return _page(
        request,
        importer,
        "check",
        _("Look it over"),
        batch=batch,
        page=page,
        elided_page_range=page.paginator.get_elided_page_range(page.number),
        rows=[presenters.shown_row(decision, preview, importer, on=today) for decision in page],
        summary=presenters.counts_in_words(
            presenters.count_outcomes(preview.decisions), presenters.WILL_BE
        ),
        to_look_at_count=len(to_look_at),
        is_filtered=is_filtered,
    )


@importers_only
@require_POST
def save(request: SignedInRequest, importer: Importer[Any, Any], pk: int) -> HttpResponse:
    """Begin, or begin again, to save in the background."""
    return _start(request, _batch(request, importer, pk))


@importers_only
@require_GET
def result(request: SignedInRequest, importer: Importer[Any, Any], pk: int) -> HttpResponse:
    """What became of an import. While it is being saved, htmx asks every second."""
    batch = _batch(request, importer, pk)
    if batch.state in {State.UPLOADED, State.MATCHED}:
        return _to_its_page(batch)
    takes_long = presenters.takes_long(batch, at=timezone.now())
    if request.htmx and batch.state == State.RUNNING and not takes_long:
        # Nothing new: the page stays as it is.
        return HttpResponse(status=204)
    outcomes = queries.outcomes(batch)
    return _page(
        request,
        importer,
        "_result" if request.htmx else "result",
        _("Result of the import"),
        batch=batch,
        takes_long=takes_long,
        summary=presenters.counts_in_words(outcomes, presenters.WAS),
        left_out_count=outcomes.get(ImportRow.Outcome.REJECTED, 0),
        may_change=importer.may_change(request.user),
        **importer.result(queries.record_ids(batch)),
    )


@importers_only
@require_GET
def left_out(
    request: SignedInRequest, importer: Importer[Any, Any], pk: int, extension: str
) -> HttpResponse:
    """The rows that were left out, as they came, with the reasons, to correct and upload again."""
    headings, rows = queries.left_out(_batch(request, importer, pk))
    return _download("left-out", extension, headings, rows)


def _batch(request: SignedInRequest, importer: Importer[Any, Any], pk: int) -> ImportBatch:
    return get_object_or_404(queries.open_to(request.user, importer.kind), pk=pk)


def _to_its_page(batch: ImportBatch) -> HttpResponse:
    return redirect(importers.get(batch.kind).url(PAGES[State(batch.state)], batch.pk))


def _keep_choices(
    request: SignedInRequest, importer: Importer[Any, Any], batch: ImportBatch
) -> HttpResponse:
    try:
        actions.choose(batch=batch, choices=read_choices(request.POST, importer))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(importer.url("result", batch.pk))
    if request.POST.get("then") == "save":
        return _start(request, batch)
    messages.success(request, _("Your choices are kept."))
    return redirect(request.get_full_path())


def _start(request: SignedInRequest, batch: ImportBatch) -> HttpResponse:
    try:
        actions.start(batch=batch, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        tasks.save_import.enqueue(batch.pk, request.user.pk)
    return redirect(importers.get(batch.kind).url("show", batch.pk))


def _page(
    request: HttpRequest, importer: Importer[Any, Any], name: str, title: str, **context: Any
) -> HttpResponse:
    """One of Wagtail's pages with our content, in the importer's words where it has its own."""
    batch: ImportBatch | None = context.get("batch")
    frame = {
        "importer": importer,
        "result_templates": _templates(importer, "_result"),
        "header_title": f"{title}: {batch}" if batch else title,
        "page_title": title,
        "header_icon": "upload",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse(f"{importer.namespace}_list:index"), "label": _("Imports")},
            {"url": "", "label": title, "sublabel": str(batch) if batch else ""},
        ],
    }
    page = select_template(_templates(importer, name))
    return HttpResponse(page.render(frame | context, request))


def _templates(importer: Importer[Any, Any], name: str) -> list[str]:
    return [f"{importer.templates}/{name}.html", f"imports/{name}.html"]


def _download(
    name: str, extension: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> HttpResponse:
    write, content_type = WRITERS[extension]
    response = HttpResponse(write(headings, rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response
