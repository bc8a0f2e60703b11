"""Keeping what classes raised their hands for, and what parents answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.routes.actions.recording import (
    RouteRefused,
    audit,
    day_of_travel,
    known_value,
    own_row,
    own_site,
    within,
    written,
)
from schoolward.domains.routes.actions.school_windows import school_day
from schoolward.domains.routes.models import (
    TALLY_WEEKDAYS,
    Allowed,
    Change,
    ClassTally,
    Direction,
    Distance,
    Grade,
    Mode,
    ParentSurvey,
    Weather,
    plain_key,
)
from schoolward.platform.access.viewer import Viewer

LARGEST_CLASS = 60
_WORDS_OF_CLASSES = frozenset(
    {"room", "rm", "class", "section", "sec", "period", "per", "grade", "tk", "am", "pm", "portable", "hr"}
)


def plain_label(text: str) -> str:
    """A class's label, spaces set straight. Raises :class:`RouteRefused` for one that may be a name.

    A label is made of numbers, single letters and words such as "room": "Room 12", "4-B", "K-2 AM".
    """
    label = " ".join(text.split())
    if not label or len(label) > 20:
        raise RouteRefused(_("Give the class a label of 1 to 20 characters."), field="class_label")
    words = re.findall(r"[^\W\d_]+", label)
    strange = [word for word in words if len(word) > 1 and word.lower() not in _WORDS_OF_CLASSES]
    if strange or not re.fullmatch(r"[\w\s./#-]+", label):
        raise RouteRefused(
            _("Use a room or a number, such as “Room 12” or “4-B”, and no name."), field="class_label"
        )
    return label


@transaction.atomic
def keep_tally(
    *,
    campus_id: int,
    class_label: str,
    grade: str,
    enrolled: int,
    day: date,
    direction: str,
    weather: str,
    counts: Mapping[str, int],
    by: Viewer,
    at: datetime,
    tally_id: int | None = None,
    replace: bool = False,
    invented: bool = False,
) -> ClassTally:
    """Keep how a class came, or went, on one day. Sent again, it corrects the tally of that day.

    ``counts`` gives hands by mode; modes that are left out are 0. With ``tally_id``, that tally is corrected,
    also in its site, class, day and direction: it moves. Where another stands at the new place,
    :class:`RouteRefused` asks, and ``replace`` answers that the other is to go.

    A class is the same whatever its capitals and spaces; the label shown stays as it was first written.

    Raises :class:`RouteRefused` for a day that is no Tuesday, Wednesday or Thursday, without school
    (:func:`school_day`) or too long ago, more hands than pupils, no hand at all, or a label that may be a
    name; ``AccessDenied`` at a site that is not the viewer's.
    """
    own_site(campus_id, by=by, permission="routes.tally")
    own = None if tally_id is None else own_row(ClassTally, tally_id, by=by, permission="routes.tally")
    label = plain_label(class_label)
    day_of_travel(day, at)
    if day.weekday() not in TALLY_WEEKDAYS:
        raise RouteRefused(
            _("Tally on a Tuesday, Wednesday or Thursday; %(day)s was none.") % {"day": day.isoformat()},
            field="day",
        )
    school_day(campus_id, day, why=_("Tally on a day on which pupils come to school."))
    known_value(grade, Grade.values, "grade")
    known_value(direction, Direction.values, "direction")
    known_value(weather, Weather.values, "weather")
    hands = _hands(counts, enrolled)
    place = {"campus_id": campus_id, "class_key": plain_key(label), "day": day, "direction": direction}
    there = ClassTally.objects.select_for_update().filter(**place).first()
    if own is not None and there is not None and there.pk != own.pk:
        if not replace:
            raise RouteRefused(
                _(
                    "A tally of %(class)s on that day and way stands already, with %(hands)s. "
                    "Choose whether this one takes its place."
                )
                % {"class": there.class_label, "hands": _hands_in_words(there.trips)},
                field="replace",
            )
        _take_away(there, by=by)
    tally = own or there or ClassTally(recorded_at=at, recorded_by_id=by.account_id, invented=invented)
    values: dict[str, Any] = {
        **place,
        "class_label": _first_written(campus_id, label, but=None if own is None else own.pk),
        "weekday": day.weekday(),
        "grade": grade,
        "enrolled": enrolled,
        "weather": weather,
        **hands,
    }
    try:
        with transaction.atomic():
            written(tally, values, "tallied", by=by, site=campus_id, day=day)
    except IntegrityError:
        raise RouteRefused(
            _("Somebody else has just tallied this class. Look at the tally before you send yours."),
            field="class_label",
        ) from None
    return tally


def _hands(counts: Mapping[str, int], enrolled: int) -> dict[str, int]:
    """Hands by every mode. Raises :class:`RouteRefused` for numbers that cannot be."""
    within(enrolled, 1, LARGEST_CLASS, "enrolled")
    hands = {mode: counts.get(mode, 0) for mode in Mode.values}
    for mode, hand in hands.items():
        within(hand, 0, LARGEST_CLASS, mode)
    raised = sum(hands.values())
    if not raised:
        raise RouteRefused(_("No hand was raised. Count at least one pupil."), field="walk")
    if raised > enrolled:
        raise RouteRefused(
            ngettext(
                "%(n)d hand was raised, but %(enrolled)d pupils are enrolled in the class.",
                "%(n)d hands were raised, but %(enrolled)d pupils are enrolled in the class.",
                raised,
            )
            % {"n": raised, "enrolled": enrolled},
            field="enrolled",
        )
    return hands


def _hands_in_words(count: int) -> str:
    """So many hands, as a page says it."""
    return ngettext("%(n)d hand", "%(n)d hands", count) % {"n": count}


def _first_written(campus_id: int, label: str, *, but: int | None) -> str:
    """The label as it was first written for this class of the site in another tally; else the one given."""
    others = ClassTally.objects.filter(campus_id=campus_id, class_key=plain_key(label))
    if but is not None:
        others = others.exclude(pk=but)
    first = others.order_by("recorded_at", "pk").values_list("class_label", flat=True).first()
    return first or label


@transaction.atomic
def remove_tally(*, tally_id: int, by: Viewer, at: datetime) -> None:
    """Take a tally away that was sent for the wrong class or day."""
    _take_away(own_row(ClassTally, tally_id, by=by, permission="routes.tally"), by=by)


def _take_away(tally: ClassTally, *, by: Viewer) -> None:
    audit("tally_removed", tally, by=by, site=tally.campus_id, day=tally.day)
    tally.delete()


@transaction.atomic
def keep_survey(
    *,
    campus_id: int,
    day: date,
    grade: str,
    distance: str,
    mode: str,
    allowed: str,
    changes: Iterable[str],
    by: Viewer,
    at: datetime,
    number: str = "",
    invented: bool = False,
) -> ParentSurvey:
    """Keep one parent's short form: no name, no address, no class.

    ``number`` is the one printed on the form: sent again, in capitals or not, it corrects that form. Left
    empty, a new form gets a number. Raises :class:`RouteRefused`; ``AccessDenied`` at a site that is not the
    viewer's.
    """
    own_site(campus_id, by=by, permission="routes.survey")
    day_of_travel(day, at)
    known_value(grade, Grade.values, "grade")
    known_value(distance, Distance.values, "distance")
    known_value(mode, Mode.values, "mode")
    known_value(allowed, Allowed.values, "allowed")
    chosen = sorted(set(changes), key=Change.values.index) if set(changes) <= set(Change.values) else None
    if chosen is None:
        raise RouteRefused(
            _("Choose some of: %(values)s.") % {"values": ", ".join(Change.values)}, field="changes"
        )
    number = number.strip()
    if number and not re.fullmatch(r"[A-Za-z0-9-]{1,20}", number):
        raise RouteRefused(_("A form's number has letters, digits and hyphens, at most 20."), field="number")
    number = number or _free_number(campus_id)
    key = plain_key(number)
    form = ParentSurvey.objects.select_for_update().filter(campus_id=campus_id, number_key=key).first()
    if form is None:
        form = ParentSurvey(
            campus_id=campus_id, number=number, number_key=key, recorded_at=at, invented=invented
        )
    values = {
        "day": day,
        "grade": grade,
        "distance": distance,
        "mode": mode,
        "allowed": allowed,
        "changes": chosen,
    }
    # The audit names the site alone: which form it was would say who stood at the desk then.
    written(form, values, "survey_kept", by=by, site=campus_id)
    return form


def _free_number(campus_id: int) -> str:
    """A number that no form of the site has yet."""
    taken = set(
        ParentSurvey.objects.filter(campus_id=campus_id, number_key__startswith="n-").values_list(
            "number_key", flat=True
        )
    )
    following = len(taken) + 1
    while f"n-{following:05d}" in taken:
        following += 1
    return f"n-{following:05d}"
