"""What is due: work, milestones and reports on initiatives."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.initiatives import queries as initiatives
from schoolward.domains.work import queries as work
from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning, first_of, if_any
from schoolward.platform.access.permissions import may

SOON_DAYS = 7


def _when(due: date, today: date) -> tuple[str, str]:
    """How the due day lies to today, in words, and the tone of that."""
    days = (due - today).days
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}, "bad"
    if days == 0:
        return _("Today"), "watch"
    return _("Due %(day)s") % {"day": date_format(due, "M j")}, "plain"


def work_due(morning: Morning) -> Block | None:
    """Work at the viewer's sites that is overdue or due within a week, the longest overdue first."""
    if not may(morning.viewer, "work.view"):
        return None
    late = work.overdue(morning.viewer, on=morning.today)
    soon = work.due_soon(morning.viewer, on=morning.today, days=SOON_DAYS)
    first_late, late_count = first_of(late)
    first_soon, soon_count = first_of(soon)
    may_unblock = may(morning.viewer, "work.decide")
    lines = []
    for item in [*first_late, *first_soon][:SHOWN]:
        label, tone = _when(item.due, morning.today) if item.due else ("", "plain")
        lines.append(
            Line(
                text=item.title,
                detail=" · ".join(
                    part for part in (str(item.campus or ""), item.get_severity_display()) if part
                ),
                url=reverse("work:detail", args=[item.pk]),
                action=_("Unblock") if tone == "bad" and may_unblock else _("Open"),
                label=label,
                tone=tone,
            )
        )
    return Block(
        key="work",
        title=_("Work that is due"),
        lines=tuple(lines),
        count=late_count + soon_count,
        headline=if_any(
            late_count,
            ngettext(
                "%(count)s piece of work is overdue", "%(count)s pieces of work are overdue", late_count
            ),
        ),
        nothing=_("No work is overdue or due within a week."),
        more_url=f"{reverse('work:list')}?state=overdue" if late_count else reverse("work:list"),
        more=_("All overdue work") if late_count else _("All work"),
    )


def work_to_verify(morning: Morning) -> Block | None:
    """Work that somebody else did and proved, and that the viewer may verify."""
    if not may(morning.viewer, "work.verify"):
        return None
    waiting, count = first_of(work.waiting_for_verification(morning.viewer))
    lines = tuple(
        Line(
            text=item.title,
            detail=" · ".join(part for part in (str(item.campus or ""), _done_on(item.done_on)) if part),
            url=reverse("work:detail", args=[item.pk]),
            action=_("Verify"),
        )
        for item in waiting
    )
    return Block(
        key="verify",
        title=_("Done, waiting for a second pair of eyes"),
        lines=lines,
        count=count,
        headline=if_any(
            count,
            ngettext(
                "%(count)s finished job waits for your check",
                "%(count)s finished jobs wait for your check",
                count,
            ),
        ),
        nothing=_("Nothing waits for you to verify."),
        more_url=f"{reverse('work:list')}?state=done",
        more=_("All work that waits to be verified"),
    )


def _done_on(day: date | None) -> str:
    return _("done %(day)s") % {"day": date_format(day, "M j")} if day else ""


def milestones_due(morning: Morning) -> Block | None:
    """Milestones of open initiatives that are overdue or due within two weeks."""
    if not may(morning.viewer, "initiatives.report"):
        return None
    due = initiatives.due_soon(morning.viewer, on=morning.today)
    first, count = first_of(due)
    if count == len(first):
        late = sum(milestone.due < morning.today for milestone in first)
    else:
        late = due.filter(due__lt=morning.today).count()
    lines = []
    for milestone in first:
        label, tone = _when(milestone.due, morning.today)
        lines.append(
            Line(
                text=milestone.title,
                detail=milestone.initiative.title,
                url=reverse("initiatives:detail", args=[milestone.initiative.key]),
                action=_("Report"),
                label=label,
                tone=tone,
            )
        )
    return Block(
        key="milestones",
        title=_("Milestones"),
        lines=tuple(lines),
        count=count,
        headline=if_any(
            late, ngettext("%(count)s milestone has slipped", "%(count)s milestones have slipped", late)
        ),
        nothing=_("No milestone is due in the next two weeks."),
        more_url=reverse("initiatives:list"),
        more=_("All initiatives"),
    )


def stale_initiatives(morning: Morning) -> Block | None:
    """Open initiatives of which nobody has reported for two weeks. Grey, whatever they were before."""
    if not may(morning.viewer, "initiatives.report"):
        return None
    under_way = initiatives.open_on(initiatives.initiatives(morning.viewer), morning.today)
    fresh = initiatives.fresh_on(under_way, morning.today)
    stale, count = first_of(under_way.exclude(pk__in=fresh.values("pk")).order_by("number", "title"))
    lines = tuple(
        Line(
            text=row.title,
            detail=_("Owner: %(role)s") % {"role": row.get_owner_role_display()},
            url=reverse("initiatives:report", args=[row.key]),
            action=_("Report in one line"),
            label=_("Stale"),
            tone="stale",
        )
        for row in stale
    )
    return Block(
        key="stale",
        title=_("No word for two weeks"),
        lines=lines,
        count=count,
        headline=if_any(
            count,
            ngettext(
                "%(count)s initiative has been silent for two weeks",
                "%(count)s initiatives have been silent for two weeks",
                count,
            ),
        ),
        nothing=_("Every open initiative was reported on within two weeks."),
        more_url=reverse("initiatives:list"),
        more=_("All initiatives"),
    )
