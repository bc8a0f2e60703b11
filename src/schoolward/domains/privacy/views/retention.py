"""How long records are kept, and what holds them longer: schedules and holds."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.privacy.forms.records import ReasonForm
from schoolward.domains.privacy.forms.retention import HoldForm, ScheduleForm, title_of
from schoolward.domains.privacy.tables.retention import (
    DISPOSAL_STATES,
    CertificateTable,
    HoldTable,
    ScheduleTable,
)
from schoolward.platform.access.models import Certificate, LitigationHold, RetentionSchedule
from schoolward.platform.access.permissions import may
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.retention import disposals, holds, schedules
from schoolward.platform.access.retention.due import due
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, kept, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage

BATCHES_SHOWN = 50


@requires(schedules.VIEW)
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """What is due, and the batches with how they stand."""
    viewer = viewer_of(request)
    counted = [one for one in due(viewer) if one.count or one.held or one.sealed]
    count = sum(one.count for one in counted)
    batches = [
        (batch, *DISPOSAL_STATES[batch.state()]) for batch in disposals.disposals(viewer)[:BATCHES_SHOWN]
    ]
    context = {
        "due": [(one, title_of(one.schedule.table)) for one in counted],
        "batches": [(batch, title_of(batch.schedule.table), label, tone) for batch, label, tone in batches],
        "lead": ngettext("%(n)d record is due.", "%(n)d records are due.", count) % {"n": count}
        if count
        else _("Nothing is due today."),
        "can_propose": may(viewer, disposals.PROPOSE) and viewer.agency_id is not None,
        "can_hold": may(viewer, holds.HOLD),
    }
    return render(request, "privacy/retention.html", context)


class ScheduleList(ListPage):
    """How long what is kept."""

    title = gettext_lazy("Retention schedules")
    permission = schedules.VIEW
    table_class = ScheduleTable

    def queryset(self, viewer: Viewer) -> QuerySet[RetentionSchedule]:
        return schedules.schedules(viewer)

    def lead(self) -> str:
        return _("What has no schedule is never due. A schedule is replaced by a later one, never changed.")

    def actions(self) -> list[Action]:
        if not may(self.viewer, schedules.SET):
            return []
        return [Action(_("Set a schedule"), reverse("privacy:schedule_new"))]

    def empty(self) -> Empty:
        return Empty(_("No schedule yet"), _("Until one is set, every record is kept."))


@FORM
@requires(schedules.SET)
def set_schedule(request: HttpRequest) -> HttpResponse:
    """Say how long a class of records is kept."""
    viewer = viewer_of(request)
    form = ScheduleForm(sent(request))
    return kept(
        request,
        form,
        lambda: schedules.set_schedule(rule=form.rule(), by=viewer, at=viewer.at),
        refused=Refusal,
        said=_("Set. What is due by it stands under Retention."),
        back=reverse("privacy:schedules"),
        title=_("Set a schedule"),
        lead=_("It holds for every agency here. The one before ends on the eve."),
        button=_("Set it"),
        what_next=_("Nothing is disposed of by this alone: one person proposes, another reviews."),
    )


class HoldList(ListPage):
    """What is held for litigation."""

    title = gettext_lazy("Litigation holds")
    permission = holds.HOLD
    table_class = HoldTable

    def queryset(self, viewer: Viewer) -> QuerySet[LitigationHold]:
        return holds.holds(viewer)

    def lead(self) -> str:
        return _("What is held is never due, whatever a schedule says.")

    def actions(self) -> list[Action]:
        return [Action(_("Place a hold"), reverse("privacy:hold_new"))]

    def empty(self) -> Empty:
        return Empty(
            _("Nothing is held"), _("A hold stands here from the day it is placed until it is lifted.")
        )


@FORM
@requires(holds.HOLD)
def place_hold(request: HttpRequest) -> HttpResponse:
    """Hold records for litigation."""
    viewer = viewer_of(request)
    form = HoldForm(sent(request))
    return kept(
        request,
        form,
        lambda: holds.place(
            covers=form.cleaned_data["covers"],
            names=form.named(),
            matter=form.cleaned_data["matter"],
            reason=form.cleaned_data["reason"],
            by=viewer,
            at=viewer.at,
        ),
        refused=Refusal,
        said=_("Held. It stops every disposal that is not carried out yet."),
        back=reverse("privacy:holds"),
        title=_("Place a hold"),
        lead=_("On your agency's records. It is not told whether there are any."),
        button=_("Hold them"),
    )


@FORM
@requires(holds.HOLD)
def lift_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """End a hold."""
    viewer = viewer_of(request)
    hold = get_object_or_404(holds.holds(viewer), pk=pk)
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: holds.lift(hold_id=pk, by=viewer, at=viewer.at, **form.cleaned_data),
        refused=Refusal,
        said=_("Lifted."),
        back=reverse("privacy:holds"),
        title=_("Lift the hold"),
        lead=_("%(matter)s: “%(reason)s”") % {"matter": hold.matter, "reason": hold.reason},
        button=_("Lift it"),
        what_next=_("What is past its years is due again at once."),
    )


class CertificateList(ListPage):
    """What stays of records that are gone."""

    title = gettext_lazy("Disposal certificates")
    permission = schedules.VIEW
    table_class = CertificateTable

    def queryset(self, viewer: Viewer) -> QuerySet[Certificate]:
        return disposals.certificates(viewer)

    def lead(self) -> str:
        return _("All that is kept of records that were disposed of.")

    def empty(self) -> Empty:
        return Empty(_("No certificate yet"), _("One stands here for each batch that is carried out."))
