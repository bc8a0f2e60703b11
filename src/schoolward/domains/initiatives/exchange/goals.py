"""Goals and objectives in and out; an objective stands once for each measure that judges it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.domains.initiatives import actions, queries
from schoolward.domains.initiatives.exchange.names import role, short_name
from schoolward.domains.initiatives.models import Objective
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, number, text_up_to
from schoolward.platform.exchange.registry import Exchange, ImportContext, Row, register

_AIM = ("baseline", "baseline_on", "target", "due")
_value = number(-(10**11), 10**11, decimals=2)


@register
class Goals(Exchange):
    """What the partnership is for."""

    key = "goals"
    title = gettext_lazy("Goals")
    description = gettext_lazy("What the partnership is for, in the order of the file. Bring them in first.")
    columns = (
        Column(
            "key",
            gettext_lazy("Short name; the same name updates the same goal."),
            required=True,
            parse=short_name,
            example="safe-sites",
        ),
        Column(
            "title",
            gettext_lazy("The goal in one sentence."),
            required=True,
            parse=text_up_to(200),
            example="Every site is a safe place to learn and work",
        ),
    )
    permission = "initiatives.import"
    export_permission = "initiatives.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        known = {goal.key: goal for goal in queries.goals(context.by)}
        who: dict[str, Any] = {"by": context.by, "at": context.at}
        for row in rows:
            key, title = row.values["key"], row.values["title"]
            goal = known.get(key)
            if goal is None:
                known[key] = actions.add_goal(key=key, title=title, **who)
                context.report.created += 1
            elif goal.title == title:
                context.report.unchanged += 1
            else:
                known[key] = actions.change_goal(goal_id=goal.pk, title=title, **who)
                context.report.updated += 1

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for goal in queries.goals(viewer):
            yield [goal.key, goal.title]


@register
class Objectives(Exchange):
    """What has to be reached for each goal, and the measures that tell."""

    key = "objectives"
    title = gettext_lazy("Objectives")
    description = gettext_lazy(
        "What has to be reached for each goal, one row for each measure that judges it. A measure that is "
        "not in the file stays linked: it is removed on the page of goals."
    )
    columns = (
        Column(
            "goal",
            gettext_lazy("Short name of the goal."),
            required=True,
            parse=short_name,
            example="safe-sites",
        ),
        Column(
            "key",
            gettext_lazy("Short name; the same name updates the same objective."),
            required=True,
            parse=short_name,
            example="site-changes-done",
        ),
        Column(
            "title",
            gettext_lazy("The objective in one sentence."),
            required=True,
            parse=text_up_to(200),
            example="What the assessments recommend is done and verified",
        ),
        Column(
            "owner_role",
            gettext_lazy("Which role answers for it."),
            required=True,
            parse=role,
            example="facilities",
        ),
        Column(
            "measure",
            gettext_lazy(
                "Key of the measure that judges it; with one, all the columns behind it are needed."
            ),
            parse=text_up_to(80),
            example="recommendations.completion",
        ),
        Column(
            "baseline", gettext_lazy("Where it started, in the measure's unit."), parse=_value, example="0"
        ),
        Column("baseline_on", gettext_lazy("The day of the baseline."), parse=day, example="2011-01-10"),
        Column("target", gettext_lazy("Where it should be."), parse=_value, example="100"),
        Column("due", gettext_lazy("By when."), parse=day, example="2013-10-31"),
    )
    permission = "initiatives.import"
    export_permission = "initiatives.view"

    def apply_rows(self, rows: Iterable[Row], context: ImportContext) -> None:
        goals = {goal.key: goal.pk for goal in queries.goals(context.by)}
        known = {one.key: one for one in queries.objectives(context.by)}
        in_file: dict[str, tuple[str, str]] = {}
        for row in rows:
            key = row.values["key"]
            wrong = _wrong(row, goals, known.get(key), in_file.get(key))
            if wrong:
                context.reject(row, *wrong)
                continue
            try:
                # An objective and its measure stand or fall together.
                with transaction.atomic():
                    objective, is_new, is_changed = _apply(row, goals, known.get(key), context)
            except actions.InitiativeRefused as refusal:
                column = {"measure_key": "measure"}.get(refusal.field, refusal.field)
                context.reject(row, column or "key", str(refusal))
                continue
            known[key] = objective
            in_file[key] = (row.values["title"], row.values["owner_role"])
            context.report.created += is_new
            context.report.updated += is_changed and not is_new
            context.report.unchanged += not is_new and not is_changed

    def export_rows(self, viewer: Viewer) -> Iterator[Sequence[object]]:
        for one in queries.objectives(viewer).prefetch_related("measures"):
            start = [one.goal.key, one.key, one.title, one.owner_role]
            links = one.measures.all()
            for link in links:
                aim = [getattr(link, name) for name in _AIM]
                yield [*start, link.measure_key, *aim]
            if not links:
                yield [*start, "", *("" for _name in _AIM)]


def _wrong(
    row: Row, goals: dict[str, int], known: Objective | None, above: tuple[str, str] | None
) -> tuple[str, str, str] | None:
    """The column that is wrong, what is wrong with it and the mend, or ``None``."""
    if row.values["goal"] not in goals:
        return "goal", _("is not a known goal"), _("Bring the goal in first.")
    if known is not None and known.goal_id != goals[row.values["goal"]]:
        return (
            "goal",
            _("is not the objective's goal, which is %(goal)s") % {"goal": known.goal.key},
            _("Write that goal, or give the objective another short name."),
        )
    if above is not None and above != (row.values["title"], row.values["owner_role"]):
        return (
            "title",
            _("or the role differs from the same objective's row above"),
            _("Repeat title and role for every measure of an objective."),
        )
    needed = ("measure", *_AIM)
    blank = [name for name in needed if row.values.get(name) is None]
    if blank and len(blank) < len(needed):
        return (
            blank[0],
            _("is blank"),
            _("A measure needs its baseline, the day of it, a target and the day it is due."),
        )
    return None


def _apply(
    row: Row, goals: dict[str, int], known: Objective | None, context: ImportContext
) -> tuple[Objective, bool, bool]:
    """Write one row. Gives the objective, and whether anything of the row is new or changed."""
    who: dict[str, Any] = {"by": context.by, "at": context.at}
    said = {"title": row.values["title"], "owner_role": row.values["owner_role"]}
    is_new = is_changed = False
    if known is None:
        objective = actions.add_objective(
            goal_id=goals[row.values["goal"]], key=row.values["key"], **said, **who
        )
        is_new = True
    else:
        is_changed = any(getattr(known, name) != value for name, value in said.items())
        objective = actions.change_objective(objective_id=known.pk, **said, **who)
    if row.values.get("measure"):
        aim = {name: row.values[name] for name in _AIM}
        link = objective.measures.filter(measure_key=row.values["measure"]).first()
        is_new |= link is None
        is_changed |= link is not None and any(getattr(link, name) != value for name, value in aim.items())
        actions.link_measure(objective_id=objective.pk, measure_key=row.values["measure"], **aim, **who)
    return objective, is_new, is_changed
