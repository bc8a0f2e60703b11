"""The way to school in the morning: reports to decide about, owners that are silent, posts without guards."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.routes import queries as routes
from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning, first_of, if_any
from schoolward.platform.access.roles import Role


def barriers_to_decide(morning: Morning) -> Block | None:
    """Reported barriers, unanswered recommendations and new walk audits, for the coordinator; no block where
    none waits."""
    if morning.viewer.role != Role.SAFE_ROUTES:
        return None
    reported, count = first_of(routes.to_decide(morning.viewer))
    silent, unanswered = first_of(routes.unanswered(morning.viewer, on=morning.today))
    walked, audits = first_of(routes.untouched_audits(morning.viewer, on=morning.today))
    if not count + unanswered + audits:
        return None
    lines = [
        Line(
            text=barrier.title,
            detail=f"{barrier.campus.name} · {barrier.place}",
            url=reverse("routes:barrier", args=[barrier.pk]),
            action=_("Decide"),
            label=_("Reported"),
            tone="watch",
        )
        for barrier in reported
    ]
    lines += [
        Line(
            text=made.barrier.title,
            detail=_("Sent %(day)s to: %(owner)s")
            % {"day": date_format(made.sent_on, "M j"), "owner": made.get_owner_display()},
            url=reverse("routes:barrier", args=[made.barrier_id]),
            action=_("Ask again"),
            label=_("No answer"),
            tone="watch",
        )
        for made in silent
    ]
    lines += [
        Line(
            text=_("Walk audit: %(site)s") % {"site": audit.campus.name},
            detail=_("Handed in %(day)s") % {"day": date_format(audit.assessed_on, "M j")},
            url=reverse("routes:audit", args=[audit.pk]),
            action=_("See what fails"),
            label=_("New"),
            tone="watch",
        )
        for audit in walked
    ]
    return Block(
        key="barriers",
        title=_("Barriers on the way to school"),
        lines=tuple(lines[:SHOWN]),
        count=count + unanswered + audits,
        headline=if_any(
            count,
            ngettext(
                "%(count)s reported barrier waits for you", "%(count)s reported barriers wait for you", count
            ),
        ),
        more_url=reverse("routes:barriers"),
        more=_("All barriers"),
    )


def posts_without_guards(morning: Morning) -> Block | None:
    """Posts of today that have too few guards, for the coordinator; no block where all have theirs."""
    if morning.viewer.role != Role.SAFE_ROUTES:
        return None
    waiting = routes.unguarded(morning.viewer, morning.today)
    if not waiting:
        return None
    lines = tuple(
        Line(
            text=post.crossing.place,
            detail=f"{post.crossing.campus.name} · {post.agency.name}",
            url=reverse("routes:post", args=[post.pk]),
            action=_("Find a guard"),
            label=_("Too few guards"),
            tone="bad",
        )
        for post in waiting[:SHOWN]
    )
    return Block(
        key="guards",
        title=_("Crossing guards today"),
        lines=lines,
        count=len(waiting),
        headline=if_any(
            len(waiting),
            ngettext(
                "%(count)s crossing has too few guards",
                "%(count)s crossings have too few guards",
                len(waiting),
            ),
        ),
        more_url=reverse("routes:posts"),
        more=_("All posts"),
    )
