"""Referrals in the morning: whose family is to be contacted, what stalled, which goals to look at."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.cases import queries
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
