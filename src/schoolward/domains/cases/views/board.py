"""The board of referrals, the form of a new one, and what became of those that one has made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schoolward.domains.cases import actions, queries
from schoolward.domains.cases.filters import BoardFilter
from schoolward.domains.cases.forms import ReferForm
from schoolward.domains.cases.models import Referral
from schoolward.domains.cases.states import CONTACT_WITHIN, OPEN
from schoolward.domains.cases.tables import BoardTable, OwnTable
from schoolward.domains.cases.views.finding import names_of
from schoolward.platform.access.models import ProtectedRecord
from schoolward.platform.access.permissions import may
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.refusal import Refusal
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.form_pages import FORM, form_page, is_done, sent
from schoolward.platform.ui.lists import Action, Empty
from schoolward.platform.ui.protected_lists import ProtectedListPage


class Board(ProtectedListPage):
    """Referrals by state and clock."""

    title = gettext_lazy("Referrals")
    permission = "cases.view"
    table_class = BoardTable
    filterset_class = BoardFilter
    template_name = "cases/board.html"
    shown_fields = frozenset({"youth", "program", "state", "due_on", "since", "coordinator"})

    def queryset(self, viewer: Viewer) -> QuerySet[Referral]:
        return queries.referrals(viewer)

    def rows(self) -> QuerySet[Any]:
        rows = super().rows()
        return rows if self.filterset is not None and self.filterset.is_bound else rows.filter(state__in=OPEN)

    def lead(self) -> str:
        if self.viewer.purpose not in (Purpose.YOUTH_PROGRAM, Purpose.RECORDS):
            return ""
        own, day = queries.mine(self.viewer), today(self.viewer.at)
        late = queries.stalled(own, on=day).count()
        told = _("Nothing of yours is late.")
        if late:
            told = ngettext("%(count)d of yours is late.", "%(count)d of yours are late.", late)
        asked_again = queries.without_yes(own, on=day).count()
        if asked_again:
            told += " " + ngettext(
                "%(again)d family has to be asked again: its yes is gone.",
                "%(again)d families have to be asked again: their yes is gone.",
                asked_again,
            )
        return told % {"count": late, "again": asked_again} if late or asked_again else told

    def actions(self) -> list[Action]:
        found = []
        if may(self.viewer, "cases.refer"):
            found.append(Action(_("Refer somebody"), reverse("cases:refer")))
            found.append(Action(_("What I referred"), reverse("cases:referred"), primary=False))
        if may(self.viewer, "cases.work"):
            found.append(Action(_("Classes, months, academies"), reverse("cases:work"), primary=False))
        if may(self.viewer, "identity.decide"):
            found.append(Action(_("Who is who"), reverse("cases:who_is_who"), primary=False))
        if may(self.viewer, "programs.figures"):
            found.append(Action(_("Program dashboards"), reverse("dashboards:list"), primary=False))
        if may(self.viewer, "cases.keep"):
            found.append(Action(_("What the roster says"), reverse("cases:roster"), primary=False))
        if may(self.viewer, "cases.performance"):
            found.append(Action(_("Performance measures"), reverse("cases:performance"), primary=False))
        return found

    def extra_context(self) -> dict[str, Any]:
        return {"asks_for_purpose": self._asks_for_purpose(), "purpose": Purpose.YOUTH_PROGRAM}

    def _asks_for_purpose(self) -> bool:
        return self.viewer.purpose != Purpose.YOUTH_PROGRAM and may(self.viewer, "cases.deliver")

    def empty(self) -> Empty:
        if self._asks_for_purpose():
            return Empty(
                _("Nothing is open yet"), _("Your referrals stand here once you have said what for.")
            )
        return Empty(
            _("No referral for you"),
            _(
                "A referral stands here for whoever answers the family, and once the family has said yes, "
                "for whoever delivers the program."
            ),
        )

    def _open(self, rows: Sequence[ProtectedRecord]) -> None:
        super()._open(rows)
        ids = {row.youth_id for row in rows if isinstance(row, Referral) and row.youth_id is not None}
        names = names_of(self.viewer, ids)
        for row in rows:
            row.shown_name = names.get(row.youth_id, "")  # type: ignore[attr-defined]


class Referred(ProtectedListPage):
    """What became of one's own referrals: received, started or closed."""

    title = gettext_lazy("What I referred")
    permission = "cases.refer"
    table_class = OwnTable
    shown_fields = frozenset({"told", "referred_on", "named_program"})

    def queryset(self, viewer: Viewer) -> QuerySet[Referral]:
        return queries.own_referrals(viewer)

    def lead(self) -> str:
        return _(
            "You learn whether they started. What never did stays “received”, also where it is over: why "
            "stays with the family."
        )

    def actions(self) -> list[Action]:
        return [Action(_("Refer somebody"), reverse("cases:refer"))]

    def empty(self) -> Empty:
        return Empty(
            _("Nothing referred yet"),
            _("What you refer stands here. Of those to another agency you learn under an agreement."),
        )


@FORM
@requires("cases.refer")
def refer(request: HttpRequest) -> HttpResponse:
    """Refer a young person."""
    viewer = viewer_of(request)
    form = ReferForm(sent(request), viewer=viewer, day=today(viewer.at))
    made: list[Referral] = []
    site = next(iter(viewer.campus_ids), None) if viewer.campus_ids and len(viewer.campus_ids) == 1 else None

    def write() -> None:
        made.append(actions.refer(booking=form.booking(site), by=viewer, at=now(viewer.at)))

    if is_done(form, write, Refusal):
        messages.success(
            request,
            _("Received: no. %(number)d. Somebody contacts the family within %(days)d days.")
            % {"number": made[0].pk, "days": CONTACT_WITHIN},
        )
        return redirect("cases:board" if may(viewer, "cases.keep") else "cases:referred")
    return form_page(
        request,
        form,
        title=_("Refer somebody"),
        lead=_("A minute is enough. No diagnosis, no record of offences, nothing about papers or gangs."),
        button=_("Refer"),
        back=reverse("cases:referred"),
        what_next=_("A coordinator contacts the family. You learn when they start, and no more."),
    )
