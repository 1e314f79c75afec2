"""Importing a spreadsheet or a map: upload it, match its columns, look it over, save it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hereabouts.accounts.http import SignedInRequest
from hereabouts.activities.columns.headings import OF_MAPS, Column
from hereabouts.activities.columns.reserved import WHY_LEFT_OUT, beyond_heading
from hereabouts.core.refusals import Refusal
from hereabouts.files import spreadsheets
from hereabouts.intake import actions, presenters, queries, tasks
from hereabouts.intake.forms import ColumnsForm, UploadForm, chosen_venues
from hereabouts.intake.models import ImportBatch, ImportRow
from hereabouts.intake.rows import EXAMPLE

State = ImportBatch.State
ROWS_A_PAGE = 50
MAKERS = {
    "csv": (spreadsheets.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        spreadsheets.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
# What is done in which state.
PAGES = {
    State.UPLOADED: "activities_imports:columns",
    State.MATCHED: "activities_imports:check",
    State.FAILED: "activities_imports:result",
    State.RUNNING: "activities_imports:result",
    State.DONE: "activities_imports:result",
}

importers_only = permission_required("intake.add_importbatch", raise_exception=True)


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedInRequest) -> HttpResponse:
    """Choose a file."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.upload(
                file_name=file.name, content=file.read(), by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("activities_imports:columns", batch.pk)
    may_publish = queries.may_publish(request.user)
    return _page(request, "upload", _("Import a file"), form=form, may_publish=may_publish)


@importers_only
@require_GET
def template(request: HttpRequest, ending: str) -> HttpResponse:
    """A spreadsheet with our headings and one made-up row, to fill in."""
    columns = [column for column in Column if column not in OF_MAPS]
    example = [EXAMPLE.get(column, "") for column in columns]
    headings = [str(column.label) for column in columns]
    return _download("activities", ending, headings, [example])


@importers_only
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page where this import is now."""
    batch = get_object_or_404(queries.open_to(request.user), pk=pk)
    return redirect(PAGES[State(batch.state)], batch.pk)


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which heading means what."""
    batch = get_object_or_404(queries.open_to(request.user), pk=pk)
    samples = presenters.samples(batch, batch.rows.order_by("number")[:ROWS_A_PAGE])
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        batch=batch,
        samples=samples,
        pins=queries.pins_of(batch),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.match_columns(batch=batch, columns=form.columns, colours=form.colours)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("activities_imports:check", batch.pk)
    return _page(
        request, "columns", _("Match the columns"), batch=batch, form=form, samples=samples
    )


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look at what saving would do, row by row, and say which venues are meant."""
    batch = get_object_or_404(queries.open_to(request.user), pk=pk)
    if batch.state not in {State.MATCHED, State.FAILED}:
        return redirect(PAGES[State(batch.state)], batch.pk)
    if request.method == "POST":
        return _keep_choices(request, batch)
    plan = queries.plan(batch)
    to_look_at = [row for row in plan.rows if presenters.is_to_look_at(row)]
    is_filtered = request.GET.get("show") == "to-look-at"
    page = Paginator(to_look_at if is_filtered else plan.rows, ROWS_A_PAGE).get_page(
        request.GET.get("p")
    )
    return _page(
        request,
        "check",
        _("Look it over"),
        batch=batch,
        page=page,
        elided_page_range=page.paginator.get_elided_page_range(page.number),
        rows=[presenters.shown_row(row, plan.venues, on=timezone.localdate()) for row in page],
        summary=presenters.in_words(presenters.counted(plan.rows), presenters.WILL_BE),
        to_look_at_count=len(to_look_at),
        is_filtered=is_filtered,
    )


@importers_only
@require_POST
def save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin, or begin again, to save in the background."""
    batch = get_object_or_404(queries.open_to(request.user), pk=pk)
    return _start(request, batch)


@importers_only
@require_GET
def result(request: SignedInRequest, pk: int) -> HttpResponse:
    """What became of an import. While it is being saved, htmx asks every second."""
    batch = get_object_or_404(queries.open_to(request.user), pk=pk)
    if batch.state in {State.UPLOADED, State.MATCHED}:
        return redirect(PAGES[State(batch.state)], batch.pk)
    takes_long = presenters.takes_long(batch, at=timezone.now())
    if request.htmx and batch.state == State.RUNNING and not takes_long:
        # Nothing to tell yet: what is on the page stays as it is.
        return HttpResponse(status=204)
    outcomes = queries.outcomes(batch)
    return _page(
        request,
        "_result" if request.htmx else "result",
        _("Result of the import"),
        batch=batch,
        takes_long=takes_long,
        summary=presenters.in_words(outcomes, presenters.WAS),
        left_out_count=outcomes.get(ImportRow.Outcome.REJECTED, 0),
        drafts=presenters.shown_drafts(queries.new_drafts(batch)[:ROWS_A_PAGE]),
        may_publish=queries.may_publish(request.user),
    )


@importers_only
@require_GET
def left_out(request: SignedInRequest, pk: int, ending: str) -> HttpResponse:
    """The rows that were left out, as they came, with the reasons, to correct and upload again."""
    batch = get_object_or_404(queries.open_to(request.user), pk=pk)
    rows = list(batch.rows.left_out())
    # What is in cells beyond the headings may be just what has to be put right.
    width = max((len(row.cells) for row in rows), default=0)
    beyond = range(len(batch.headings) + 1, width + 1)
    headings = [*batch.headings, *(beyond_heading(place) for place in beyond)]
    kept = [place for place, heading in enumerate(headings) if heading != WHY_LEFT_OUT]
    told = [
        [*("".join(row.cells[place : place + 1]) for place in kept), " ".join(row.reasons)]
        for row in rows
    ]
    return _download("left-out", ending, [*(headings[place] for place in kept), WHY_LEFT_OUT], told)


def _keep_choices(request: SignedInRequest, batch: ImportBatch) -> HttpResponse:
    try:
        actions.choose_venues(batch=batch, choices=chosen_venues(request.POST))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("activities_imports:result", batch.pk)
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
    return redirect("activities_imports:show", batch.pk)


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """One of Wagtail's pages with our content."""
    batch: ImportBatch | None = context.get("batch")
    return render(
        request,
        f"intake/imports/{name}.html",
        {
            "header_title": f"{title}: {batch}" if batch else title,
            "page_title": title,
            "header_icon": "upload",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": _("Home")},
                {"url": reverse("activities_imports_list:index"), "label": _("Imports")},
                {"url": "", "label": title, "sublabel": str(batch) if batch else ""},
            ],
            **context,
        },
    )


def _download(
    name: str, ending: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> HttpResponse:
    make, content_type = MAKERS[ending]
    response = HttpResponse(make(headings, rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
