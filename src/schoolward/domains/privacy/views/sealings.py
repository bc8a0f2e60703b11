"""Seals: orders with their clocks, and carrying them out."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.privacy.forms.records import ReasonForm, SealingForm
from schoolward.domains.privacy.tables.records import SealingTable, SealTable
from schoolward.platform.access import sealing
from schoolward.platform.access.models import Sealing
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.seal_coverage import coverage
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, kept, sent
from schoolward.platform.ui.lists import Action, Empty, ListPage


class SealingList(ListPage):
    """What is to be sealed, and by when."""

    title = gettext_lazy("Seals")
    permission = sealing.SEAL
    table_class = SealingTable

    def queryset(self, viewer: Viewer) -> QuerySet[Sealing]:
        return sealing.sealings(viewer)

    def lead(self) -> str:
        today = timezone.localdate(self.viewer.at)
        late = sealing.waiting(self.viewer).filter(due_on__lt=today).count()
        if not late:
            return _("A sealed record is nowhere to be found any more, by anybody.")
        return ngettext("%(n)d record is past its day.", "%(n)d records are past their day.", late) % {
            "n": late
        }

    def actions(self) -> list[Action]:
        return [Action(_("Order a seal"), reverse("privacy:sealing_new"))]

    def empty(self) -> Empty:
        return Empty(_("Nothing to seal"), _("An order stands here with the day by which it is carried out."))


@FORM
@requires(sealing.SEAL)
def order(request: HttpRequest) -> HttpResponse:
    """Order that a record be sealed."""
    viewer = viewer_of(request)
    form = SealingForm(sent(request))
    form.called_here = {"record": "record_name"}  # type: ignore[attr-defined]
    made: list[Sealing] = []
    if is_done(
        form, lambda: made.append(sealing.order(by=viewer, at=viewer.at, **form.cleaned_data)), Refusal
    ):
        messages.success(request, _("Ordered. The record is still there until you seal it."))
        if others := _others(made[0], viewer):
            messages.warning(request, others)
        return redirect("privacy:sealings")
    return form_page(
        request,
        form,
        title=_("Order a seal"),
        button=_("Order it"),
        back=reverse("privacy:sealings"),
        what_next=_("Next, you seal it, by its day."),
    )


@FORM
@requires(sealing.SEAL)
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry an order out."""
    viewer = viewer_of(request)
    get_object_or_404(sealing.sealings(viewer), pk=pk)
    if request.method == "POST":
        try:
            sealing.seal(sealing_id=pk, by=viewer, at=viewer.at)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Sealed."))
        return redirect("privacy:sealings")
    covered = coverage(sealing_id=pk, by=viewer)
    context = {
        "title": _("Seal the record"),
        "covered": covered,
        "together": reverse(covered.put_together_at) if covered and covered.put_together_at else "",
        "submit_label": _("Seal it"),
        "cancel_url": reverse("privacy:sealings"),
        "is_destructive": True,
    }
    return render(request, "privacy/seal.html", context)


def _others(order: Sealing, viewer: Viewer) -> str:
    """Which other records may be of the same person and stay; empty where there is none."""
    names = sealing.still_open(order, viewer)
    if not names:
        return ""
    return _(
        "No order seals what may be of the same person: %(names)s. Have them put together first, or order a "
        "seal of each that is."
    ) % {"names": ", ".join(names)}


class SealList(ListPage):
    """Which seals are in force, for whoever may lift one."""

    title = gettext_lazy("Seals in force")
    permission = sealing.LIFT
    table_class = SealTable

    def queryset(self, viewer: Viewer) -> QuerySet[Sealing]:
        return sealing.liftable(viewer)

    def lead(self) -> str:
        return _("What is sealed is not told here. A seal is lifted by somebody else than who has set it.")

    def empty(self) -> Empty:
        return Empty(_("No seal in force"), _("A seal stands here from the day that it is set."))


@FORM
@requires(sealing.LIFT)
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a seal of somebody else."""
    viewer = viewer_of(request)
    order = get_object_or_404(sealing.liftable(viewer), pk=pk)
    form = ReasonForm(sent(request))
    return kept(
        request,
        form,
        lambda: sealing.lift(sealing_id=pk, by=viewer, at=viewer.at, **form.cleaned_data),
        refused=Refusal,
        said=_("Lifted. What it sealed is back where it was."),
        back=reverse("privacy:seals"),
        title=_("Lift seal no. %(number)d") % {"number": pk},
        lead=_("%(ground)s, of %(day)s.")
        % {"ground": order.get_ground_display(), "day": date_format(order.sealed_at or viewer.at, "j M Y")},
        button=_("Lift it"),
        what_next=_("The records come back as they were, but for those that another order seals."),
    )
