"""Pages that show initiatives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.initiatives import queries
from schoolward.domains.initiatives.exchange import INITIATIVE_COLUMN_NAMES, initiative_row
from schoolward.domains.initiatives.filters import InitiativeFilter
from schoolward.domains.initiatives.models import Initiative, Kind
from schoolward.domains.initiatives.rag import Colour
from schoolward.domains.initiatives.tables import InitiativeTable
from schoolward.domains.programs.queries import overseen_by, programs
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.lists import Action, Empty, ListPage


def initiative_or_404(viewer: Viewer, key: str) -> Initiative:
    """The initiative of this key if the viewer may see it."""
    return get_object_or_404(queries.initiatives(viewer), key=key)


class InitiativeList(ListPage):
    """All initiatives, programs and bodies, each with its color and why."""

    title = gettext_lazy("Initiatives")
    permission = "initiatives.view"
    table_class = InitiativeTable
    filterset_class = InitiativeFilter
    per_page = 60

    def queryset(self, viewer: Viewer) -> QuerySet[Initiative]:
        return queries.initiatives(viewer)

    @property
    def day(self) -> date:
        """The day that the list is about."""
        return today(self.viewer.at)

    def lead(self) -> str:
        under_way = queries.open_on(queries.initiatives(self.viewer), self.day)
        colours = Counter(stood.colour for stood in queries.standings(under_way, on=self.day))
        return ngettext(
            "%(all)d initiative or program is under way: %(red)d red, %(amber)d amber, %(grey)d grey "
            "because nobody reported lately, %(green)d green.",
            "%(all)d initiatives and programs are under way: %(red)d red, %(amber)d amber, %(grey)d grey "
            "because nobody reported lately, %(green)d green.",
            colours.total(),
        ) % {
            "all": colours.total(),
            "red": colours[Colour.RED],
            "amber": colours[Colour.AMBER],
            "grey": colours[Colour.GREY],
            "green": colours[Colour.GREEN],
        }

    def actions(self) -> list[Action]:
        tree = Action(_("Goals"), reverse("initiatives:goals"), primary=False)
        if not may(self.viewer, "initiatives.plan"):
            return [tree]
        return [Action(_("Open an initiative"), reverse("initiatives:open")), tree]

    def empty(self) -> Empty:
        return Empty(
            _("No initiative yet"),
            _("An initiative has an owner, milestones and a status that is worked out from facts."),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # The colours of a page are worked out at once, not row by row.
        stood = queries.standings(queries.initiatives(self.viewer), on=self.day)
        by_pk = {one.initiative.pk: one for one in stood}
        self.table_class = cast(
            type[InitiativeTable], type("StandingTable", (InitiativeTable,), {"standings": by_pk})
        )
        return super().get(request, *args, **kwargs)

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        rows = queryset.select_related("objective", "part_of")
        return INITIATIVE_COLUMN_NAMES, (initiative_row(one, on=self.day) for one in rows)


@require_safe
@requires("initiatives.view")
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One initiative, program or body: how it stands and why, what is next, and what is known from where."""
    viewer = viewer_of(request)
    initiative = initiative_or_404(viewer, key)
    day = today(viewer.at)
    is_body = initiative.kind == Kind.BODY
    may_report = may(viewer, "initiatives.report") and not is_body and initiative.closed_on is None
    may_plan = may(viewer, "initiatives.plan")
    context = {
        "initiative": initiative,
        "status": initiative.status_on(day),
        "stood": None if is_body else queries.standing(initiative, on=day),
        "on": day,
        "is_body": is_body,
        "milestones": initiative.milestones.all(),
        "blockers": initiative.blockers.all(),
        "updates": initiative.updates.filter(on__lte=day)[:20],
        "decisions": initiative.decisions.all(),
        "due_changes": initiative.due_changes.all(),
        "reopenings": initiative.reopenings.all(),
        "facts": queries.facts_known(initiative),
        "parts": initiative.parts.all(),
        "seats": initiative.seats.select_related("agency"),
        "meetings": initiative.meetings.filter(held_on__lte=day)[:6],
        "next_meeting": queries.next_meeting(initiative, on=day) if is_body else None,
        "links": queries.judged_links(initiative.objective.measures.all(), on=day)
        if initiative.objective
        else [],
        "program": programs(viewer).filter(key=key).first(),
        "overseen": overseen_by(viewer, key) if is_body else [],
        "may_report": may_report and initiative.start is not None and initiative.start <= day,
        "may_clear": may_report,
        "may_plan": may_plan and initiative.closed_on is None,
        "may_reopen": may_plan and initiative.closed_on is not None,
    }
    return render(request, "initiatives/detail.html", context)
