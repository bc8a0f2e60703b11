"""Youth programs in the morning: sessions that wait for their count, rules that are contested."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.programs import queries as programs
from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning, first_of, if_any
from schoolward.platform.access.permissions import may


def sessions_to_count(morning: Morning) -> Block | None:
    """Sessions that the viewer may count, whose day has come; no block where none waits."""
    if not may(morning.viewer, "programs.record"):
        return None
    waiting = programs.to_count(morning.viewer, on=morning.today)
    if not waiting:
        return None
    lines = tuple(
        Line(
            text=session.offering.program.title,
            detail=f"{date_format(session.on, 'M j')} · {session.offering.where}",
            url=reverse("programs:session", args=[session.pk]),
            action=_("Count"),
            label=_("To be counted"),
            tone="watch",
        )
        for session in waiting[:SHOWN]
    )
    return Block(
        key="sessions",
        title=_("Program sessions"),
        lines=lines,
        count=len(waiting),
        headline=if_any(
            len(waiting),
            ngettext(
                "%(count)s program session is not counted",
                "%(count)s program sessions are not counted",
                len(waiting),
            ),
        ),
        more_url=reverse("programs:to_count"),
        more=_("All sessions to count"),
    )


def rules_contested(morning: Morning) -> Block | None:
    """Contests of eligibility rules that wait for an answer; no block where there is none."""
    if not may(morning.viewer, "programs.answer"):
        return None
    waiting, count = first_of(programs.unanswered(morning.viewer))
    if not count:
        return None
    lines = tuple(
        Line(
            text=contest.rule.program.title,
            detail=f"{contest.get_ground_display()} · {date_format(contest.on, 'M j')}",
            url=reverse("programs:contest_answer", args=[contest.pk]),
            action=_("Answer"),
            label=_("Contested"),
            tone="watch",
        )
        for contest in waiting
    )
    return Block(
        key="contests",
        title=_("Rules that somebody says are wrong"),
        lines=lines,
        count=count,
        headline=if_any(
            count,
            ngettext("%(count)s program rule is contested", "%(count)s program rules are contested", count),
        ),
        more_url=reverse("programs:list"),
        more=_("All programs"),
    )
