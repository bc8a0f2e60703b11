"""The four copies of a site's security profile, and which part and which field each of them shows.

This table is the only place that decides it. What it does not name is shown in no copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer


class Copy(StrEnum):
    """The copies by the word that addresses, commands and file names use."""

    PUBLIC = "public"
    BOARD = "board"
    CLOSED = "closed-session"
    POLICE = "police"


@dataclass(frozen=True)
class CopyKind:
    """A copy: its name, what is said on every page of it, its permission, whether each reading is recorded.

    ``agency_kind``: only members of such an agency, and the lead, may read it, whatever their role.
    ``for_all_sites``: also those who hold only some sites read it of every site.
    """

    copy: Copy
    name: str | Promise
    notice: str | Promise
    purpose: str | Promise
    permission: str
    is_audited: bool = False
    agency_kind: str = ""
    for_all_sites: bool = False

    def is_open_to(self, viewer: Viewer) -> bool:
        """Whether a viewer whose role carries the permission is of the right agency."""
        return (
            not self.agency_kind
            or viewer.is_system
            or viewer.role == Role.LEAD
            or viewer.agency_kind == self.agency_kind
        )


COPIES: Mapping[Copy, CopyKind] = {
    kind.copy: kind
    for kind in (
        CopyKind(
            Copy.PUBLIC,
            _("Public copy"),
            "",
            _("What the site is, when it was looked at, and how far its recommendations are."),
            "profiles.view",
            for_all_sites=True,
        ),
        CopyKind(
            Copy.BOARD,
            _("Board copy"),
            _("For the board and its staff"),
            _("With scores by area, findings counted by severity and trade, and their cost."),
            "profiles.board",
        ),
        CopyKind(
            Copy.CLOSED,
            _("Closed-session copy"),
            _("Confidential: not for release"),
            _("With every finding, its place, its work and its photographs."),
            "profiles.closed_session",
            is_audited=True,
        ),
        CopyKind(
            Copy.POLICE,
            _("Police copy"),
            _("Law enforcement: not for release"),
            _("Findings and risk by zone and layer, the plan, alarms, what happened here, and who to call."),
            "profiles.police",
            is_audited=True,
            agency_kind="police",
        ),
    )
}

_P, _B, _C, _L = Copy.PUBLIC, Copy.BOARD, Copy.CLOSED, Copy.POLICE
_ALL = frozenset(Copy)
_INSIDE = frozenset({_B, _C})
_CLOSED = frozenset({_C})
_POLICE = frozenset({_L})
_CLOSED_OR_POLICE = frozenset({_C, _L})

SHOWN: Mapping[str, Mapping[str, frozenset[Copy]]] = {
    "site": {
        "name": _ALL,
        "address": _ALL,
        "zip_code": _ALL,
        "students": _ALL,
        "jurisdiction": _ALL,
    },
    "schools": {"name": _ALL, "cds_code": _ALL, "kind": _ALL, "grades": _ALL},
    "assessed": {
        "kind": _ALL,
        "assessed_on": _ALL,
        "instrument": _INSIDE,
        "score": _INSIDE,
        "coverage": _INSIDE,
        "could_be": _INSIDE,
        "change": _INSIDE,
    },
    "areas": {
        "area": _INSIDE,
        "score": _INSIDE,
        "coverage": _INSIDE,
        "could_be": _INSIDE,
        "change": _INSIDE,
    },
    "recommendations": {
        "accepted": _ALL,
        "verified": _ALL,
        "share": _ALL,
        "on_time": _ALL,
        "cost_cents": _INSIDE,
    },
    "by_severity": {
        "severity": _INSIDE,
        "unresolved": _INSIDE,
        "resolved": _INSIDE,
        "declined": _INSIDE,
        "estimate_cents": _INSIDE,
        "actual_cents": _INSIDE,
    },
    "by_trade": {
        "trade": _INSIDE,
        "unresolved": _INSIDE,
        "resolved": _INSIDE,
        "declined": _INSIDE,
        "estimate_cents": _INSIDE,
        "actual_cents": _INSIDE,
    },
    "findings": {
        "zone": _CLOSED_OR_POLICE,
        "layer": _CLOSED_OR_POLICE,
        "finding": _CLOSED_OR_POLICE,
        "severity": _CLOSED_OR_POLICE,
        "recommendation": _CLOSED,
        "state": _CLOSED_OR_POLICE,
        "work": _CLOSED,
        "due": _CLOSED,
        "cost_cents": _CLOSED,
        "photographs": _CLOSED,
    },
    "risk_by_layer": {
        "layer": _CLOSED_OR_POLICE,
        "highest": _CLOSED_OR_POLICE,
        "band": _CLOSED_OR_POLICE,
        "could_be": _CLOSED_OR_POLICE,
        "high": _CLOSED_OR_POLICE,
        "medium": _CLOSED_OR_POLICE,
        "low": _CLOSED_OR_POLICE,
    },
    "risk_by_zone": {
        "zone": _POLICE,
        "highest": _POLICE,
        "band": _POLICE,
        "could_be": _POLICE,
        "high": _POLICE,
        "medium": _POLICE,
        "low": _POLICE,
    },
    "photographs": {"picture": _CLOSED, "finding": _CLOSED, "zone": _CLOSED, "taken": _CLOSED},
    "plan": {"picture": _POLICE, "added": _POLICE},
    "alarm_systems": {"system": _POLICE, "zone": _POLICE, "title": _POLICE, "device": _POLICE},
    "incidents": {
        "kind": _POLICE,
        "total": _POLICE,
        "h00": _POLICE,
        "h03": _POLICE,
        "h06": _POLICE,
        "h09": _POLICE,
        "h12": _POLICE,
        "h15": _POLICE,
        "h18": _POLICE,
        "h21": _POLICE,
    },
    "alarms": {
        "kind": _POLICE,
        "total": _POLICE,
        "false": _POLICE,
        "h00": _POLICE,
        "h03": _POLICE,
        "h06": _POLICE,
        "h09": _POLICE,
        "h12": _POLICE,
        "h15": _POLICE,
        "h18": _POLICE,
        "h21": _POLICE,
    },
    "collisions": {
        "years": _ALL,
        "grave": _ALL,
        "moving": _ALL,
        "position_geocoded": _ALL,
        "position_intersection": _ALL,
        "position_reported": _ALL,
    },
    "who_to_call": {"who": _POLICE, "phone": _POLICE},
}
"""By part and field: the copies that show it, in the order in which parts and fields stand."""


def shows(copy: Copy, part: str, field: str) -> bool:
    """Whether a copy shows a field; not, where the table does not name it."""
    return copy in SHOWN.get(part, {}).get(field, frozenset())
