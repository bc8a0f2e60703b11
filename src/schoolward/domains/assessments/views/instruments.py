"""Instruments: which there are, what each asks, and bringing in another version."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.actions.instruments import LARGEST
from schoolward.domains.assessments.filling_tables import PERMISSION, take_fillings_out
from schoolward.domains.assessments.forms import CrosswalkForm, InstrumentForm
from schoolward.domains.assessments.instrument_exports import ExportFormat, exported
from schoolward.domains.assessments.models import InstrumentVersion
from schoolward.domains.assessments.walk_forms import FormUnusable, unrated_questions
from schoolward.platform.access.permissions import may
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.exchange.downloads import download
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent

_FORMATS = {ExportFormat.XLSFORM: "XLSForm", ExportFormat.XFORM: "XForm", ExportFormat.JSON: "JSON"}


@require_safe
@requires("assessments.view")
def instruments(request: HttpRequest) -> HttpResponse:
    """The instruments, each with the version that holds today."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    held = queries.versions(viewer).order_by("instrument__title", "-valid_from")
    rows = [
        {
            "instrument": instrument,
            "versions": versions,
            "now": next(
                (
                    one
                    for one in versions
                    if one.valid_from <= day and (not one.valid_to or day <= one.valid_to)
                ),
                None,
            ),
            "items": versions[0].items.count(),
        }
        for instrument, group in groupby(held, key=lambda version: version.instrument)
        if (versions := list(group))
    ]
    context = {
        "rows": rows,
        "may_add": may(viewer, "assessments.instruments"),
        "crosswalks": queries.crosswalk_files(viewer),
    }
    return render(request, "assessments/instruments.html", context)


@require_safe
@requires("assessments.view")
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it asks, in walking order, and where it comes from."""
    viewer = viewer_of(request)
    version = get_object_or_404(queries.versions(viewer), pk=pk)
    form = queries.form_of(version)
    sections = [
        {
            "section": section,
            "zones": [form.terms.get(zone, zone) for zone in section.zones],
            "asked": [item for item in form.items if item.section == section.key],
        }
        for section in form.sections
    ]
    unrated, unusable = [], ""
    try:
        unrated = unrated_questions(version)
    except FormUnusable as problem:
        unusable = str(problem)
    context = {
        "version": version,
        "form": form,
        "sections": sections,
        "unrated": unrated,
        "unusable": unusable,
        "used": version.assessments.count(),
        "elsewhere": queries.outside_names(form),
        "others": version.instrument.versions.exclude(pk=version.pk),
        "may_plan": may(viewer, "assessments.plan"),
        "may_take_fillings": may(viewer, PERMISSION) and version.format != "yaml",
        "formats": [(one.value, title) for one, title in _FORMATS.items()],
    }
    return render(request, "assessments/instrument.html", context)


@require_safe
@requires("assessments.view")
def instrument_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came in; with ``?as=`` in another format."""
    version = get_object_or_404(queries.versions(viewer_of(request)), pk=pk)
    wanted = request.GET.get("as")
    if wanted is None:
        return file_response(version.file, name=version.file_name)
    if wanted not in list(ExportFormat):
        raise Http404
    return export_response(version, ExportFormat(wanted))


def export_response(version: InstrumentVersion, wanted: ExportFormat) -> HttpResponse:
    """A version in another format, as a download that no browser runs."""
    file = exported(version, wanted)
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@FORM
@requires("assessments.instruments")
def add_instrument(request: HttpRequest) -> HttpResponse:
    """Bring in a version of an instrument."""
    viewer = viewer_of(request)
    form = InstrumentForm(sent(request), request.FILES if request.method == "POST" else None)
    added: list[actions.Added] = []

    def write() -> None:
        upload = form.cleaned_data["file"]
        if upload.size > LARGEST:
            raise actions.AssessmentRefused(_("The file is too large for an instrument."), field="file")
        added.append(
            actions.add_instrument(
                content=upload.read(), name=upload.name or "instrument.yaml", by=viewer, at=now(viewer.at)
            )
        )

    if is_done(form, write, actions.AssessmentRefused):
        told = _("Brought in.") if added[0].is_new else _("This very file is here already; nothing changed.")
        messages.success(request, told)
        return redirect("assessments:instrument", pk=added[0].version.pk)
    return form_page(
        request,
        form,
        title=_("Bring in an instrument"),
        lead=_(
            "The file is kept as it is. A version that was used never changes; a better one is a new version."
        ),
        button=_("Bring in"),
        back=reverse("assessments:instruments"),
    )


@require_safe
@requires(PERMISSION)
def instrument_fillings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The filled forms of a version as CSV."""
    viewer = viewer_of(request)
    version = get_object_or_404(queries.versions(viewer), pk=pk)
    columns, rows = take_fillings_out(version, by=viewer)
    return download(write_csv(columns, rows), f"{version.instrument.key}-{version.version}-fillings", "csv")


@FORM
@requires("assessments.instruments")
def add_crosswalk(request: HttpRequest) -> HttpResponse:
    """Bring in a crosswalk."""
    viewer = viewer_of(request)
    form = CrosswalkForm(sent(request), request.FILES if request.method == "POST" else None)
    added: list[actions.AddedCrosswalk] = []

    def write() -> None:
        upload = form.cleaned_data["file"]
        content = upload.read(LARGEST + 1)
        name = upload.name or "crosswalk.yaml"
        added.append(actions.add_crosswalk(content=content, name=name, by=viewer, at=now(viewer.at)))

    if is_done(form, write, actions.AssessmentRefused):
        told = _("Brought in.") if added[0].is_new else _("This very file is here already; nothing changed.")
        messages.success(request, told)
        return redirect("assessments:instruments")
    return form_page(
        request,
        form,
        title=_("Bring in a crosswalk"),
        lead=_("It says which items of two versions ask the same, so that a trend survives the change."),
        button=_("Bring in"),
        back=reverse("assessments:instruments"),
    )


@require_safe
@requires("assessments.view")
def crosswalk_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a crosswalk as it came in."""
    row = get_object_or_404(queries.crosswalk_files(viewer_of(request)), pk=pk)
    return file_response(row.file, name=row.file_name)
