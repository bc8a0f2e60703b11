"""Referrals and diversions in the morning: whom to contact, what stalled, which goals and duties are due."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from schoolward.analysis.diversion import Step
from schoolward.domains.cases import queries
from schoolward.domains.cases.queries import diversion
from schoolward.domains.cases.states import State
from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning, if_any
from schoolward.platform.access.permissions import may
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.wall import within


def referrals_due(morning: Morning) -> Block | None:
    """What waits for the coordinator today, by number: no name stands on a page that is open all morning."""
    viewer = morning.viewer
    if not may(viewer, "cases.keep") or viewer.is_system:
        return None
    if viewer.purpose != Purpose.YOUTH_PROGRAM:
        return Block(
            key="referrals",
            title=_("Referrals"),
            lines=(),
            count=0,
            nothing=_("Say on the board that you are running a youth program: then what is due stands here."),
            more_url=reverse("cases:board"),
            more=_("Open the board"),
        )
    with within(viewer):
        waiting = list(queries.mine(viewer).filter(due_on__lte=morning.today))
        reviews = list(queries.reviews_due(viewer, on=morning.today))
    lines = tuple(
        Line(
            text=_("Referral no. %(number)d") % {"number": referral.pk},
            detail=str(referral.get_state_display()),
            url=reverse("cases:referral", args=[referral.pk]),
            action=_("Contact") if referral.state == State.REFERRED else _("Go on"),
            label=_("Due %(day)s") % {"day": date_format(referral.due_on or morning.today, "M j")},
            tone="bad" if referral.is_stalled(morning.today) else "watch",
        )
        for referral in waiting
    ) + tuple(
        Line(
            text=_("A goal of referral no. %(number)d") % {"number": goal.referral_id},
            url=reverse("cases:goal_review", args=[goal.pk]),
            action=_("Look at it"),
            label=_("Review"),
            tone="watch",
        )
        for goal in reviews
    )
    count = len(lines)
    return Block(
        key="referrals",
        title=_("Referrals"),
        lines=lines[:SHOWN],
        count=count,
        headline=if_any(
            count, ngettext("%(count)s referral waits for you", "%(count)s referrals wait for you", count)
        ),
        nothing=_("No referral of yours waits today."),
        more_url=reverse("cases:board"),
        more=_("The board"),
    )


_ASKED = {
    Step.DETERMINATION: (_lazy("Determine that it was completed"), _lazy("Determine")),
    Step.AGENCY_TOLD: (_lazy("Tell the agency that is to seal"), _lazy("Tell")),
}


def diversions_due(morning: Morning) -> Block | None:
    """What the law and contracts ask about diversions, by number; no block where nothing does."""
    viewer = morning.viewer
    if not may(viewer, diversion.VIEW) or viewer.is_system or viewer.purpose != Purpose.YOUTH_PROGRAM:
        return None
    found = diversion.due(viewer, morning.today)
    if not found:
        return None
    lines = []
    for one in found[:SHOWN]:
        detail, action = (
            _ASKED[one.step] if one.step else (_("The contract has run out: say how it ended"), _("Say so"))
        )
        lines.append(
            Line(
                text=_("Diversion no. %(number)d") % {"number": one.case},
                detail=str(detail),
                url=reverse("diversion:case", args=[one.case]),
                action=str(action),
                label=_("Due %(day)s") % {"day": date_format(one.due_on, "M j")},
                tone="bad" if one.is_late else "watch",
            )
        )
    count = len(found)
    return Block(
        key="diversions",
        title=_("Diversions"),
        lines=tuple(lines),
        count=count,
        headline=if_any(
            count,
            ngettext("%(count)s duty of a diversion is due", "%(count)s duties of diversions are due", count),
        ),
        more_url=reverse("diversion:caseload"),
        more=_("The caseload"),
    )
