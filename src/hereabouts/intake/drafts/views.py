"""Drafts in the back office: the queue, and completing one."""

from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from hereabouts.accounts.models import User
from hereabouts.activities import actions, queries
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import usually_in_words
from hereabouts.audit.edits import EditedMeanwhile
from hereabouts.backoffice.forms import Difference, side_by_side
from hereabouts.core.refusals import Refusal
from hereabouts.intake.drafts.forms import CompletionForm, place_in_words

PER_PAGE = 50
may_complete = permission_required("activities.change_activity", raise_exception=True)


@may_complete
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """The queue: every draft, and what each needs."""
    page = Paginator(queries.drafts(), PER_PAGE).get_page(request.GET.get("p"))
    rows = [
        {
            "draft": draft,
            "when": usually_in_words(draft),
            "where": place_in_words(draft),
            "needs": queries.needs_of(draft),
        }
        for draft in page
    ]
    elided = page.paginator.get_elided_page_range(page.number)
    return _page(
        request, "list", _("Drafts to complete"), page=page, rows=rows, elided_page_range=elided
    )


@may_complete
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: fill in what it needs, publish it, and go on to the next."""
    draft = get_object_or_404(Activity.objects.for_pages(), pk=pk)
    if draft.state != Activity.State.DRAFT:
        messages.warning(request, _("Somebody has completed %s meanwhile. Here it is.") % draft)
        return redirect("activity:edit", draft.pk)
    needs = queries.needs_of(draft)
    differences: tuple[Difference, ...] = ()
    form = CompletionForm(request.POST or None, request.FILES or None, instance=draft)
    if request.method == "POST" and form.is_valid():
        is_published = "publish" in request.POST
        try:
            _save(form, is_published=is_published, by=cast(User, request.user))
        except EditedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            differences = side_by_side(form, saved=CompletionForm(instance=_fresh(draft)))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _success_message(draft, is_published=is_published))
            return _to_next(after=draft)
    context = {"needs": needs, "differences": differences, "left": queries.drafts().count()}
    return _page(request, "complete", _("Complete a draft"), form=form, **context)


def _fresh(draft: Activity) -> Activity:
    """The draft as somebody else saved it."""
    return Activity.objects.for_pages().get(pk=draft.pk)


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """One of Wagtail's pages with our content."""
    form = context.get("form")
    tab = _("Error: %s") % title if form is not None and form.errors else title
    frame = {"page_title": title, "header_title": tab, "header_icon": "edit"}
    return render(request, f"intake/drafts/{name}.html", frame | context)


def _save(form: CompletionForm, *, is_published: bool, by: User) -> None:
    actions.complete(
        activity=form.instance,
        schedules=form.schedules(),
        kinds=form.chosen_kinds(),
        breaks=form.chosen_breaks(),
        concessions=form.concessions(),
        photo=form.chosen_photo(),
        checker=form.cleaned_data["checker"],
        is_published=is_published,
        by=by,
        at=timezone.now(),
    )


def _success_message(draft: Activity, *, is_published: bool) -> str:
    if is_published:
        return _("%s is published. Residents can find it now.") % draft
    return _("%s is saved and still a draft.") % draft


def _to_next(*, after: Activity) -> HttpResponse:
    """The next draft of the queue; the queue itself when this was the last."""
    following = queries.drafts().filter(pk__gt=after.pk).first()
    if following is None:
        return redirect("drafts:list")
    return redirect("drafts:complete", following.pk)
