"""What is asked for: streets to be mended, events to be held, and the money."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.grants import queries as grants
from schoolward.domains.places import queries as places
from schoolward.domains.routes.models import ACCEPTED_BARRIERS, Answer, BarrierState
from schoolward.domains.routes.queries.application.shapes import NOT_SHOWN, Asked, Cell, Table, dollars
from schoolward.domains.routes.queries.barriers import BY_SEVERITY, barriers, recommendations
from schoolward.domains.routes.queries.events import Heads, event_sessions, heads_shown
from schoolward.domains.work.queries import state_label


def infrastructure(asked: Asked) -> Table:
    """Accepted barriers that are not closed, with what was asked of whom last and what it may cost."""
    rows = []
    found = barriers(asked.viewer).filter(
        campus__in=asked.campus_ids,
        state__in=[state for state in ACCEPTED_BARRIERS if state != BarrierState.CLOSED],
    )
    held = list(
        found.annotate(severity_order=BY_SEVERITY).order_by("campus__name", "severity_order", "reference")
    )
    last = {
        made.barrier_id: made
        for made in recommendations(asked.viewer).filter(barrier__in=held).order_by("barrier", "number")
        if made.answer != Answer.REFUSED
    }
    for barrier in held:
        page = reverse("routes:barrier", args=[barrier.pk])
        made = last.get(barrier.pk)
        work = made.work if made is not None else None
        cents = made.estimate_cents if made is not None else None
        rows.append(
            [
                Cell(barrier.campus.name, reverse("places:detail", args=[barrier.campus.slug])),
                Cell(barrier.reference, page),
                Cell(barrier.title),
                Cell(barrier.place),
                Cell(str(barrier.get_kind_display())),
                Cell(str(barrier.get_severity_display())),
                Cell(str(made.get_countermeasure_display()) if made else None),
                Cell(made.text if made else None),
                Cell(str((made or barrier).get_owner_display())),
                Cell(str(made.get_answer_display()) if made else None),
                dollars(None if cents is None else cents / 100, page),
                Cell(f"{work.reference}, {state_label(work.state)}" if work else None),
                Cell(barrier.longitude),
                Cell(barrier.latitude),
            ]
        )
    return Table(
        "infrastructure",
        _("Infrastructure: barriers and what is asked for"),
        _("Accepted barriers that are not closed. Estimates in US dollars; empty is not estimated."),
        [
            ("site", _("Site")),
            ("barrier", _("Barrier")),
            ("title", _("What")),
            ("place", _("Where")),
            ("kind", _("Kind")),
            ("severity", _("How bad")),
            ("countermeasure", _("Countermeasure")),
            ("recommendation", _("Recommendation")),
            ("owner", _("Whose ground")),
            ("answer", _("The owner's answer")),
            ("estimate", _("Estimate ($)")),
            ("work", _("Work")),
            ("longitude", _("Longitude")),
            ("latitude", _("Latitude")),
        ],
        rows,
        invented=any(barrier.invented for barrier in held),
        source=_("Barriers that were reported or found by walk audits and accepted, and the owners' answers"),
        as_of=asked.on,
    )


def events(asked: Asked) -> Table:
    """Education and encouragement: sessions since the school year before, and to come, with their heads."""
    begins = date(places.school_year(asked.on) - 1, 7, 1)
    sessions = event_sessions(asked.viewer).filter(offering__campus__in=asked.campus_ids, on__gte=begins)
    rows, invented = [], False
    for session in sessions.order_by("offering__campus__name", "on", "pk"):
        invented = invented or session.invented
        campus = session.offering.campus
        page = reverse("programs:session", args=[session.pk])
        rows.append(
            [
                Cell(campus.name, reverse("places:detail", args=[campus.slug])),
                Cell(session.on, page),
                Cell(session.offering.program.title),
                Cell(str(session.get_state_display())),
                Cell(session.minutes_held or session.minutes_planned),
                _heads(heads_shown(session, "attended", asked.viewer), page),
                _heads(heads_shown(session, "adults", asked.viewer), page),
            ]
        )
    return Table(
        "events",
        _("Non-infrastructure: education and encouragement"),
        _("Sessions since %(day)s. Heads, no names; fewer than 11 are not shown.")
        % {"day": date_format(begins, "F j, Y")},
        [
            ("site", _("Site")),
            ("day", _("Day")),
            ("program", _("Program")),
            ("state", _("State")),
            ("minutes", _("Minutes")),
            ("pupils", _("Pupils who came")),
            ("adults", _("Adults who came")),
        ],
        rows,
        invented=invented,
        source=_("Sessions of the programs about the way to school, as whoever held them counted"),
        as_of=asked.on,
    )


def _heads(found: Heads, url: str) -> Cell:
    return NOT_SHOWN if found.withheld else Cell(found.count, url if found.count is not None else "")


def money(asked: Asked) -> Table:
    """What is asked for and what is laid beside it, of the opportunity that is named; else what the
    infrastructure may cost."""
    streets = infrastructure(asked)
    place = streets.names.index("estimate")
    estimates = [row[place].value for row in streets.rows]
    told = [cents for cents in estimates if cents is not None]
    here = (
        f"{reverse('routes:application')}?{urlencode({'site': asked.campus_ids}, doseq=True)}#infrastructure"
    )
    rows = [
        [Cell(_("Infrastructure, as estimated")), dollars(sum(told), here), Cell(), Cell()],
        [Cell(_("Barriers without an estimate")), Cell(), Cell(), Cell(len(estimates) - len(told), here)],
    ]
    invented = streets.invented
    if asked.opportunity:
        rows_of = grants.applications(asked.viewer).filter(opportunity__key=asked.opportunity)
        for application in rows_of:
            page = reverse("grants:opportunity", args=[application.opportunity.key])
            requested, match = application.requested_cents / 100, application.match_cents / 100
            name = _("Asked for: %(title)s") % {"title": application.opportunity.title}
            rows.append([Cell(name, page), dollars(requested, page), dollars(match, page), Cell()])
            invented = invented or application.invented
    return Table(
        "money",
        _("Money"),
        _("In US dollars. What is asked for and the match stand with the application, under Grants."),
        [
            ("line", _("Line")),
            ("amount", _("Amount ($)")),
            ("match", _("Match ($)")),
            ("count", _("Count")),
        ],
        rows,
        invented=invented,
        source=_("Estimates of the recommendations above, and the application under Grants"),
        as_of=asked.on,
    )


def opportunities(viewer: Any) -> list[tuple[str, str]]:
    """The opportunities that the viewer sees an application for: short name and title."""
    rows = grants.applications(viewer).order_by("-opportunity__closes", "opportunity__key")
    return list(rows.values_list("opportunity__key", "opportunity__title"))
