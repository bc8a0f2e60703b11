"""Pages that show programs, offerings and what waits to be counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.places.panels import campus_of_panel
from schoolward.domains.programs import directory, queries
from schoolward.domains.programs.exchange.catalogue import PROGRAM_COLUMN_NAMES, program_row
from schoolward.domains.programs.filters import ProgramFilter
from schoolward.domains.programs.hooks import companion, doors
from schoolward.domains.programs.kinds import shape_of
from schoolward.domains.programs.models import Program, ProgramState, SessionState
from schoolward.domains.programs.tables import ProgramTable
from schoolward.domains.programs.views.finding import delivers, offering_or_404, program_or_404
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.clock import today
from schoolward.platform.ui.lists import Action, Empty, ListPage
from schoolward.protocols.open_referral import VERSION, document

NEXT = 4
"""How many sessions ahead an offering shows at once, beside those that wait for their count."""


class ProgramList(ListPage):
    """The catalogue."""

    title = gettext_lazy("Programs")
    permission = "programs.view"
    table_class = ProgramTable
    filterset_class = ProgramFilter
    per_page = 60

    def queryset(self, viewer: Viewer) -> QuerySet[Program]:
        return queries.programs(viewer)

    @property
    def day(self) -> date:
        """The day that the list is about."""
        return today(self.viewer.at)

    def lead(self) -> str:
        rows = queries.programs(self.viewer)
        running = queries.with_state(rows, ProgramState.RUNNING, on=self.day).count()
        waiting = len(queries.to_count(self.viewer, on=self.day))
        told = ngettext("%(count)d program runs.", "%(count)d programs run.", running) % {"count": running}
        if not waiting:
            return told
        return f"{told} " + ngettext(
            "%(count)d session waits for your count.", "%(count)d sessions wait for your count.", waiting
        ) % {"count": waiting}

    def actions(self) -> list[Action]:
        found = [Action(_("Directory file (Open Referral)"), reverse("programs:services"), primary=False)]
        if may(self.viewer, "programs.manage"):
            found.insert(0, Action(_("Enter a program"), reverse("programs:new")))
            found.append(Action(_("Providers"), reverse("programs:providers"), primary=False))
        return found

    def empty(self) -> Empty:
        return Empty(
            _("No program yet"),
            _("Enter a provider first, then its programs; or bring the tables in from files."),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        # Places of the whole page are looked up at once, not row by row.
        context = {"capacity": queries.latest_capacity(self.viewer, on=self.day), "day": self.day}
        self.table_class = cast(type[ProgramTable], type("DatedTable", (ProgramTable,), context))
        return super().get(request, *args, **kwargs)

    def export_table(self, queryset: QuerySet[Any]) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
        return PROGRAM_COLUMN_NAMES, (program_row(one) for one in queryset)


@require_safe
@requires("programs.view")
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """One program: for whom, how much, what others say of it, where it is offered."""
    viewer = viewer_of(request)
    program = program_or_404(viewer, key)
    day = today(viewer.at)
    offerings = queries.shown_offerings(viewer, queries.offerings(viewer).filter(program=program))
    rated = list(program.ratings.all())
    rule = queries.rule_on(program, day)
    bodies = [
        companion(viewer, line.body_key) or line.body_key for line in program.oversight.order_by("body_key")
    ]
    context = {
        "program": program,
        "state": program.state_on(day),
        "shape": shape_of(program.kind),
        "on": day,
        "rule": rule,
        "former_rules": program.rules.exclude(pk=rule.pk) if rule else program.rules.all(),
        "contests": queries.contests(viewer).filter(rule__program=program),
        "plan": queries.plan_on(program, day),
        "plans": program.plans.order_by("-valid_from"),
        "ratings": rated,
        "disagree": queries.disagree(rated),
        "capacity": queries.latest_capacity(viewer, on=day).get(program.pk),
        "ahead": [one for one in offerings if not one.is_over(day)],
        "past": [one for one in offerings if one.is_over(day)],
        "results": program.results.all(),
        "waivers": program.waivers.filter(valid_to__isnull=True),
        "equipment": program.equipment.all(),
        "beside": companion(viewer, program.key),
        "doors": doors(viewer, program.key),
        "bodies": bodies,
        "may_manage": may(viewer, "programs.manage"),
        "may_record": delivers(viewer, program),
        "may_answer": may(viewer, "programs.answer"),
    }
    return render(request, "programs/detail.html", context)


@require_safe
@requires("programs.view")
def offering(request: HttpRequest, pk: int) -> HttpResponse:
    """One offering: its numbers, its sessions and what came of each."""
    viewer = viewer_of(request)
    found = offering_or_404(viewer, pk)
    day = today(viewer.at)
    sessions = list(queries.sessions(viewer).filter(offering=found).order_by("on", "number"))
    queries.shown_offerings(viewer, [found])
    may_see = queries.may_write(viewer, found)
    held = [session for session in sessions if session.state == SessionState.HELD]
    ahead = [session for session in sessions if session.on > day][:NEXT]
    near = [session for session in sessions if session.waits_for_count(day)] + ahead
    context = {
        "offering": found,
        "program": found.program,
        "shape": shape_of(found.program.kind),
        "plan": queries.plan_on(found.program, found.starts_on),
        "on": day,
        "sessions": sessions,
        "near": near,
        "rest": [session for session in sessions if session not in near],
        "held": len(held),
        "cancelled": sum(session.state == SessionState.CANCELLED for session in sessions),
        "waiting": sum(session.waits_for_count(day) for session in sessions),
        "heads": sum(session.attended or 0 for session in held) if may_see and held else None,
        "cohorts": queries.cohorts(viewer).filter(offering=found) if may_see else [],
        "fidelity": queries.fidelity(viewer).filter(offering=found),
        "assignments": queries.assignments(viewer).filter(offering=found)
        if may(viewer, "programs.record")
        else [],
        "may_see": may_see,
        "may_record": may_see and may(viewer, "programs.record") and found.cancelled_on is None,
        "may_manage": may(viewer, "programs.manage") and found.cancelled_on is None,
    }
    return render(request, "programs/offering.html", context)


@require_safe
@requires("programs.record")
def to_count(request: HttpRequest) -> HttpResponse:
    """Sessions whose day has come and that nobody has counted, for a telephone."""
    viewer = viewer_of(request)
    day = today(viewer.at)
    return render(
        request,
        "programs/to_count.html",
        {"sessions": queries.to_count(viewer, on=day), "on": day},
    )


@require_safe
@requires("programs.view")
def services(request: HttpRequest) -> HttpResponse:
    """The directory as a file for other directories (Open Referral HSDS 3)."""
    viewer = viewer_of(request)
    record(
        "programs.directory_exported",
        by=viewer,
        at=viewer.at,
        subject="programs.Program",
        detail={"format": f"HSDS {VERSION}"},
    )
    made = document(directory.services(viewer, on=today(viewer.at)))
    response = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="services.json"'
    return response


@require_safe
@requires("programs.view")
def panel(request: HttpRequest, campus_id: int) -> HttpResponse:
    """What is offered at a site, for the site's profile."""
    viewer = viewer_of(request)
    campus_of_panel(viewer, campus_id)
    day = today(viewer.at)
    rows = queries.offerings(viewer).filter(campus_id=campus_id, ends_on__gte=day, cancelled_on__isnull=True)
    shown = queries.shown_offerings(viewer, rows.order_by("starts_on", "pk"))
    return render(request, "programs/panel.html", {"offerings": shown})
