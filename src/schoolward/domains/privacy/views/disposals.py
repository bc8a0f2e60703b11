"""Disposals: proposing a batch, looking through it, reviewing it, carrying it out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from schoolward.domains.privacy.forms.records import ReasonForm
from schoolward.domains.privacy.forms.retention import ReviewForm, title_of
from schoolward.domains.privacy.tables.retention import DISPOSAL_STATES
from schoolward.platform.access.models import DisposalRow, RetentionSchedule
from schoolward.platform.access.permissions import may
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention import disposals, schedules
from schoolward.platform.access.retention.carrying_out import carry_out
from schoolward.platform.access.retention.registry import retained
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, confirm_page, kept, sent


@requires(disposals.PROPOSE)
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """List what is due by a schedule as a batch."""
    viewer = viewer_of(request)
    try:
        sealed = request.POST.get("sealed") == "yes"
        batch = disposals.propose(schedule_id=pk, sealed=sealed, by=viewer, at=viewer.at)
    except RetentionSchedule.DoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("privacy:retention")
    messages.success(request, _("Proposed. Another person reviews it."))
    return redirect("privacy:disposal", batch.pk)


@requires(schedules.VIEW)
@require_safe
def disposal(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch with its rows; a record is named only to who may see it."""
    viewer = viewer_of(request)
    batch = get_object_or_404(disposals.disposals(viewer), pk=pk)
    state = batch.state()
    label, tone = DISPOSAL_STATES[state]
    reviews = may(viewer, disposals.REVIEW)
    context = {
        "batch": batch,
        "title": title_of(batch.schedule.table),
        "rows": disposals.named(batch, viewer),
        "label": label,
        "tone": tone,
        "stopped": disposals.stopped(batch, viewer)
        if state in ("proposed", "approved") and batch.schedule.table in retained()
        else (),
        "certificate": disposals.certificates(viewer).filter(disposal=batch).first(),
        "can_take_out": reviews and state in ("proposed", "approved"),
        "can_review": reviews and state == "proposed" and batch.proposed_by_id != viewer.account_id,
        "is_own": state == "proposed" and batch.proposed_by_id == viewer.account_id,
        "can_carry_out": reviews and state == "approved",
    }
    return render(request, "privacy/disposal.html", context)


@FORM
@requires(disposals.REVIEW)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or refuse a batch of somebody else."""
    viewer = viewer_of(request)
    left = disposals.left_in(get_object_or_404(disposals.disposals(viewer), pk=pk))
    form = ReviewForm(sent(request))
    return kept(
        request,
        form,
        lambda: disposals.review(disposal_id=pk, by=viewer, at=viewer.at, **form.cleaned_data),
        refused=Refusal,
        said=_("It is on the record."),
        back=reverse("privacy:disposal", args=[pk]),
        title=_("Review the disposal"),
        lead=ngettext(
            "%(n)d record is left in the batch.",
            "%(n)d records are left in the batch.",
            left,
        )
        % {"n": left},
        button=_("Put it on the record"),
        what_next=_("Nothing is gone yet: an approved batch is carried out in a step of its own."),
    )


@FORM
@requires(disposals.REVIEW)
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one record out of a batch."""
    viewer = viewer_of(request)
    row = get_object_or_404(DisposalRow, pk=pk, disposal__in=disposals.disposals(viewer))
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: disposals.take_out(row_id=pk, by=viewer, at=viewer.at, **form.cleaned_data),
        refused=Refusal,
        said=_("Taken out. The record stays."),
        back=reverse("privacy:disposal", args=[row.disposal_id]),
        title=_("Take a record out"),
        lead=_("It stays, and may be proposed again. Where it must stay longer, place a hold."),
        button=_("Take it out"),
    )


@FORM
@requires(disposals.REVIEW)
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry an approved batch out."""
    viewer = viewer_of(request)
    left = disposals.left_in(get_object_or_404(disposals.disposals(viewer), pk=pk))
    if request.method == "POST":
        try:
            certificate = carry_out(disposal_id=pk, by=viewer, at=viewer.at)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            done = ngettext("%(n)d record is gone.", "%(n)d records are gone.", certificate.rows)
            messages.success(request, done % {"n": certificate.rows})
        return redirect("privacy:disposal", pk)
    return confirm_page(
        request,
        title=_("Dispose of the records"),
        consequences=ngettext(
            "%(n)d record is deleted for good, with its files. A certificate stays, and nothing else.",
            "%(n)d records are deleted for good, with their files. A certificate stays, and nothing else.",
            left,
        )
        % {"n": left},
        button=_("Dispose of them"),
        back=reverse("privacy:disposal", args=[pk]),
    )
