"""Whether a tally, a count or a guard's post is about pupils as they come or go on a school day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.analysis.school_days import is_usually_closed, school_year
from schoolward.domains.places.queries import school_hours_table
from schoolward.domains.places.school_hours import SchoolHours
from schoolward.domains.routes.actions.recording import RouteRefused

OUTSIDE_MIN = 90
"""Minutes before the first bell and after the last one in which pupils are on their way."""

INSIDE_MIN = 30
"""Minutes after the first bell, and before the last one, that still belong to it: the late and the early."""

A_YEAR = timedelta(days=365)


def school_day(campus_id: int, day: date, *, why: str) -> None:
    """Raise :class:`RouteRefused` for a day without school at a site, with ``why`` it must be one.

    Days without school are the district's and the site's own. Where none is kept for the school year,
    weekends, holidays and July are taken for such days.
    """
    _bells(campus_id, day, why)


def _bells(campus_id: int, day: date, why: str) -> tuple[SchoolHours, tuple[time, time]]:
    hours = school_hours_table(campus_id)
    bells = hours.on(campus_id, day)
    words = {"day": date_format(day, "l, F j, Y"), "why": why}
    if bells is None:
        raise RouteRefused(_("%(day)s was no school day here. %(why)s") % words, field="day")
    if is_usually_closed(day) and not hours.keeps_calendar(campus_id, *school_year(day)):
        raise RouteRefused(
            _(
                "%(day)s is a holiday or in July, and no calendar of days without school is kept for that "
                "school year. %(why)s If school was held, bring in that calendar first."
            )
            % words,
            field="day",
        )
    return hours, bells


def on_their_way(campus_id: int, *, day: date, begins: time, minutes: int) -> None:
    """Raise :class:`RouteRefused` for a count that no warrant can rest on: on a day without school, or in
    hours that touch neither arrival nor dismissal.

    Bell times and days without school are those of :func:`school_day`. Where no bell times are known,
    school may begin and end at any time that :class:`SchoolHours` takes for a school day: the hours from
    :data:`OUTSIDE_MIN` before to :data:`OUTSIDE_MIN` after it count.
    """
    why = _("A warrant rests on pupils who come and go: count on a school day.")
    hours, bells = _bells(campus_id, day, why)
    arrival, dismissal = _windows(bells, is_assumed=hours.is_assumed_at(campus_id))
    windows = _joined({arrival, dismissal})
    counted = _minute(begins)
    if not _meets(counted, counted + minutes, windows):
        raise RouteRefused(
            _("A warrant rests on the hours in which pupils come or go: %(hours)s. Count in one of them.")
            % {"hours": _told(windows)},
            field="begins",
        )


def guards_pupils(
    campus_id: int, *, half: str, begins: time, ends: time, first: date, last: date | None
) -> None:
    """Raise :class:`RouteRefused` for hours of a post in which no pupil comes (``half`` is ``morning``) or
    goes (``afternoon``) on any school day from ``first`` to ``last``.

    Of a post of more than a year its first year is looked at: every weekday's bell times lie in it.
    """
    hours = school_hours_table()
    is_assumed = hours.is_assumed_at(campus_id)
    until = min(last or date.max, first + A_YEAR)
    days = (first + timedelta(days=n) for n in range((until - first).days + 1))
    bells = {bell for day in days if (bell := hours.on(campus_id, day)) is not None}
    if not bells:
        raise RouteRefused(_("No school day lies within these days."), field="valid_from")
    windows = _joined({_windows(bell, is_assumed=is_assumed)[half == "afternoon"] for bell in bells})
    if not _meets(_minute(begins), _minute(ends), windows):
        words = {
            "morning": _("Pupils come here from %(hours)s. Let the post stand in these hours."),
            "afternoon": _("Pupils go from here from %(hours)s. Let the post stand in these hours."),
        }
        raise RouteRefused(words[half] % {"hours": _told(windows)}, field=f"{half}_begins")


def _windows(bells: tuple[time, time], *, is_assumed: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """When pupils come, and when they go, in minutes after midnight."""
    first, last = (_minute(bell) for bell in bells)
    if is_assumed:
        whole = first - OUTSIDE_MIN, last + OUTSIDE_MIN
        return whole, whole
    return (first - OUTSIDE_MIN, first + INSIDE_MIN), (last - INSIDE_MIN, last + OUTSIDE_MIN)


def _joined(windows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The windows in order; those that overlap are one."""
    found: list[tuple[int, int]] = []
    for since, to in sorted(windows):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], to)
        else:
            found.append((since, to))
    return found


def _meets(begins: int, ends: int, windows: Iterable[tuple[int, int]]) -> bool:
    return any(begins < to and since < ends for since, to in windows)


def _told(windows: Iterable[tuple[int, int]]) -> str:
    return _(" or ").join(_span(*window) for window in windows)


def _minute(moment: time) -> int:
    return 60 * moment.hour + moment.minute


def _span(since: int, to: int) -> str:
    return _("%(from)s to %(to)s") % {"from": _clock(since), "to": _clock(to)}


def _clock(minute: int) -> str:
    held = min(max(minute, 0), 24 * 60 - 1)
    return f"{held // 60:02d}:{held % 60:02d}"
