"""Planning an assessment, its page, and its review."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.follow_ups import follow_up_of, page_of
from schoolward.domains.assessments.forms import PlanForm, ReviewForm, SitePlanForm
from schoolward.domains.assessments.models import Assessment
from schoolward.domains.assessments.tables import FINDING_TONES, SEVERITY_TONES, STATE_TONES
from schoolward.domains.assessments.views.filled import shown_fillings
from schoolward.domains.assessments.views.openrosa import collect_facts
from schoolward.domains.assessments.views.pins import photos_with_pins
from schoolward.domains.assessments.views.showing import shown_disputes, shown_risks
from schoolward.domains.assessments.walk_forms import FormUnusable
from schoolward.domains.places.queries import campus_by_pk
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.files.queries import response as file_response
from schoolward.platform.files.store import FileTooLarge, FileTypeRefused
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent


def assessment_or_404(viewer: Viewer, pk: int) -> Assessment:
    """The assessment of this number if the viewer may see it; otherwise nobody learns that it is there."""
    return get_object_or_404(queries.assessments(viewer), pk=pk)


@FORM
@requires("assessments.plan")
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a walk."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    usable = queries.usable_versions(viewer, day).first()
    initial = {
        "campus_id": request.GET.get("site"),
        "planned_on": day,
        "version_id": request.GET.get("version") or (usable.pk if usable else None),
    }
    form = PlanForm(sent(request), viewer=viewer, initial=initial)
    made: list[Assessment] = []
    if is_done(
        form,
        lambda: made.append(actions.plan_assessment(by=viewer, at=now(viewer.at), **form.cleaned_data)),
        actions.AssessmentRefused,
    ):
        messages.success(request, _("Planned. Whoever walks it starts from this page, on a phone."))
        return redirect("assessments:detail", pk=made[0].pk)
    return form_page(
        request,
        form,
        title=_("Plan an assessment"),
        lead=_("The walk then starts from the assessment's page, on a phone or tablet."),
        button=_("Plan"),
        back=reverse("assessments:list"),
    )


@require_safe
@requires("assessments.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One assessment: scores with their interval, agreement, findings, photographs, and what comes next."""
    viewer = viewer_of(request)
    assessment = assessment_or_404(viewer, pk)
    own = queries.walk_of(assessment, viewer.account_id) if viewer.account_id is not None else None
    sees_answers = may(viewer, "assessments.answers")
    context: dict[str, Any] = {
        "assessment": assessment,
        "tone": STATE_TONES[assessment.state],
        "kept_apart": queries.walks_kept_apart(viewer) if assessment.is_double else [],
        "walks": assessment.walks.order_by("number"),
        "own_walk": own,
        "may_walk": may(viewer, "assessments.walk") and _has_room(assessment, own is not None),
        "may_review": may(viewer, "assessments.review") and assessment.state == "submitted",
        "may_cancel": may(viewer, "assessments.plan") and queries.may_be_taken_back(assessment),
        "waits_for_second": _waits_for_second(assessment),
        "may_finish_alone": may(viewer, "assessments.review") and _waits_for_second(assessment),
        "client_id": uuid4(),
        "follow_up": follow_up_of(assessment.kind, assessment.pk, viewer),
        "sees_answers": sees_answers,
        "findings": queries.findings(viewer)
        .filter(pk__in=assessment.findings.values("pk"))
        .order_by(*queries.IN_ORDER),
        "seen_before": queries.seen_before(viewer, assessment),
        "finding_tones": FINDING_TONES,
        "severity_tones": SEVERITY_TONES,
    }
    if sees_answers:
        context["filled"] = shown_fillings(assessment, viewer)
    if own is not None and own.submitted_at is None and context["may_walk"]:
        try:
            context |= collect_facts(request, own)
        except FormUnusable as unusable:
            context["unusable"] = str(unusable)
    if assessment.is_finished and assessment.version is not None:
        results = queries.results_of(assessment)
        context["results"] = results
        if results is not None:
            context["shown_risks"] = shown_risks(results) if sees_answers else []
            context["disputes"] = shown_disputes(results) if sees_answers else []
            context["may_settle"] = assessment.state == "submitted" and queries.may_settle(assessment, viewer)
        walk_ids = [walk.pk for walk in assessment.walks.all()]
        if sees_answers:
            context |= photos_with_pins(queries.photos(viewer).filter(walk__in=walk_ids))
    return render(request, "assessments/detail.html", context)


def _waits_for_second(assessment: Assessment) -> bool:
    """Whether one walk of a double walk is handed in and the other is not."""
    if not assessment.is_double or assessment.is_finished:
        return False
    return assessment.walks.filter(submitted_at__isnull=False).exists()


def _has_room(assessment: Assessment, is_walking: bool) -> bool:
    """Whether a walk of this assessment can be begun or gone on with."""
    if assessment.version_id is None or assessment.is_finished:
        return False
    return is_walking or assessment.walks.count() < (2 if assessment.is_double else 1)


@require_POST
@requires("assessments.walk")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the own walk, or go on with it."""
    viewer = viewer_of(request)
    assessment = assessment_or_404(viewer, pk)
    try:
        walk = actions.start_walk(
            assessment_id=pk,
            client_id=uuid4(),
            by=viewer,
            at=now(viewer.at),
            device=request.headers.get("User-Agent", ""),
        )
    except actions.AssessmentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(assessment.kind, pk, viewer))
    return redirect("assessments:offline", pk=walk.pk)


@FORM
@requires("assessments.review")
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Review what was handed in."""
    viewer = viewer_of(request)
    assessment = assessment_or_404(viewer, pk)
    form = ReviewForm(sent(request))
    if is_done(
        form,
        lambda: actions.review_assessment(
            assessment_id=pk, note=form.cleaned_data["note"], by=viewer, at=now(viewer.at)
        ),
        actions.AssessmentRefused,
    ):
        messages.success(request, _("Reviewed. Its findings are decided one by one, or as bundles."))
        return redirect("assessments:detail", pk=pk)
    return form_page(
        request,
        form,
        title=_("Review %(reference)s") % {"reference": assessment.reference},
        lead=_review_lead(assessment),
        button=_("Reviewed"),
        back=reverse("assessments:detail", args=[pk]),
    )


def _review_lead(assessment: Assessment) -> str:
    """What reviewing is, and that disputes which nobody settled stay as they are."""
    lead = _("Somebody who did not walk it reads scores and findings, and says so.")
    results = queries.results_of(assessment) if assessment.is_finished else None
    left = len(results.unsettled) if results is not None else 0
    if not left:
        return lead
    waiting = ngettext(
        "%(n)d dispute is not settled: the lower of its two ratings then counts for good.",
        "%(n)d disputes are not settled: the lower of two ratings then counts for good.",
        left,
    )
    return f"{lead} {waiting % {'n': left}}"


@FORM
@requires("assessments.plan")
def site_plan(request: HttpRequest, campus_id: int) -> HttpResponse:
    """Bring in a plan of a site, on which photographs are pinned."""
    viewer = viewer_of(request)
    campus = campus_by_pk(campus_id) if viewer.campus_ids is None or campus_id in viewer.campus_ids else None
    form = SitePlanForm(sent(request), request.FILES if request.method == "POST" else None)
    if campus is None:
        return render(request, "404.html", status=404)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            actions.add_site_plan(
                campus_id=campus_id,
                stream=upload,
                file_name=upload.name or "",
                by=viewer,
                at=now(viewer.at),
            )
        except (FileTooLarge, FileTypeRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Kept. Photographs of the next walk can be pinned on it."))
            return redirect("places:detail", campus.slug)
    return form_page(
        request,
        form,
        title=_("Plan of %(site)s") % {"site": campus.name},
        lead=_("Pins of earlier photographs stay on the plan on which they were set."),
        button=_("Keep the plan"),
        back=reverse("places:detail", args=[campus.slug]),
    )


@require_safe
@requires("assessments.ground")
def site_plan_file(request: HttpRequest, campus_id: int) -> HttpResponseBase:
    """The plan as a picture, for those who may see the site's walks: the newest, or that of ``?plan=``."""
    viewer = viewer_of(request)
    own = viewer.campus_ids is None or campus_id in viewer.campus_ids
    number = request.GET.get("plan", "")
    if number and not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    there = own and campus_by_pk(campus_id) is not None
    kept = queries.site_plan(campus_id, int(number) if number else None) if there else None
    if kept is None:
        return render(request, "404.html", status=404)
    return file_response(kept.file, name=kept.file_name)
