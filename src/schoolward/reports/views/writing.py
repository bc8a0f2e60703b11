"""Writing an edition: starting it, its sections with a live preview, its form, the minutes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.measures.registry import all_measures
from schoolward.reports import actions, registry
from schoolward.reports.actions import ReportError, draft_edition, edit_form, edit_section, preview
from schoolward.reports.composing import SectionError
from schoolward.reports.forms import BoardItemForm, MinutesForm, NewEditionForm, SectionForm, written_reason
from schoolward.reports.models import Edition
from schoolward.reports.queries import as_contents
from schoolward.reports.views.reading import edition_or_404, paper_context

UNPROCESSABLE = 422


@require_POST
@requires("reports.edit")
def new(request: HttpRequest, report: str) -> HttpResponse:
    """Start an edition and open it."""
    viewer = viewer_of(request)
    form = NewEditionForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["as_of"])))
        return redirect("reports:list")
    try:
        made = draft_edition(report=report, as_of=form.cleaned_data["as_of"], by=viewer, at=viewer.at)
    except registry.UnknownReport as error:
        raise Http404(str(error)) from error
    except ReportError as error:
        messages.error(request, str(error))
        return redirect("reports:list")
    return redirect("reports:edition", made.pk)


def _kind_of_section(edition: Edition, key: str) -> registry.SectionKind:
    for section in registry.get(edition.report).sections:
        if section.key == key:
            return section
    raise Http404(_("There is no such section."))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reports.edit")
def section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Edit a section; saving refuses a token that does not read, and says which and how to mend it."""
    viewer = viewer_of(request)
    edition = edition_or_404(viewer, pk)
    kind = _kind_of_section(edition, key)
    row = edition.sections.get(key=key)
    form = SectionForm(request.POST or None, initial={"body": row.body, "version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            edit_section(edition=edition, key=key, by=viewer, at=viewer.at, **form.cleaned_data)
        except (ReportError, SectionError) as error:
            form.add_error("body", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("reports:edition", edition.pk)
    context = {
        "edition": edition,
        "section": kind,
        "form": form,
        "measures": all_measures(),
        "blocks": sorted(registry.get(edition.report).blocks),
        **_previewed(edition, key, form["body"].value() or ""),
    }
    return render(request, "reports/section.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@requires("reports.edit")
def section_preview(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The section as it will read, with the numbers of this moment. Nothing is saved."""
    edition = edition_or_404(viewer_of(request), pk)
    _kind_of_section(edition, key)
    return render(request, "reports/preview.html", _previewed(edition, key, request.POST.get("body", "")))


def _previewed(edition: Edition, key: str, body: str) -> dict[str, object]:
    try:
        composition = preview(registry.get(edition.report), edition.as_of, key, body)
    except SectionError as error:
        return {"trouble": error.trouble}
    found = as_contents(edition, composition)
    return {**paper_context(found), "preview_blocks": composition.sections[key], "sources": found.sources}


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reports.edit")
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the board item form."""
    viewer = viewer_of(request)
    edition = edition_or_404(viewer, pk)
    item = BoardItemForm(request.POST or None, instance=edition)
    if request.method == "POST" and item.is_valid():
        try:
            edit_form(edition=edition, values=item.cleaned_data, by=viewer, at=viewer.at)
        except ReportError as error:
            item.add_error(None, str(error))
        else:
            return redirect("reports:edition", edition.pk)
    status = UNPROCESSABLE if item.errors else 200
    return render(request, "reports/form.html", {"edition": edition, "form": item}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("reports.minutes")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the board's minutes; the one field of the form that stays open after publication."""
    viewer = viewer_of(request)
    edition = edition_or_404(viewer, pk)
    item = MinutesForm(request.POST or None, initial={"minutes_text": edition.minutes_text})
    if request.method == "POST" and item.is_valid():
        try:
            actions.write_minutes(
                edition=edition, text=item.cleaned_data["minutes_text"], by=viewer, at=viewer.at
            )
        except ReportError as error:
            item.add_error("minutes_text", str(error))
        else:
            return redirect("reports:edition", edition.pk)
    status = UNPROCESSABLE if item.errors else 200
    return render(request, "reports/form.html", {"edition": edition, "form": item}, status=status)


@require_POST
@requires("reports.edit")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    viewer = viewer_of(request)
    edition = edition_or_404(viewer, pk)
    try:
        actions.discard(edition=edition, reason=written_reason(request.POST), by=viewer, at=viewer.at)
    except ReportError as error:
        messages.error(request, str(error))
        return redirect("reports:sign", pk)
    messages.success(request, _("The draft is gone."))
    return redirect("reports:list")
