"""Goals with their measures, initiatives with their standing, programs, and next steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from schoolward.domains.initiatives.queries import Standing, goal_tree, standings
from schoolward.domains.initiatives.queries import initiatives as all_initiatives
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.display import display
from schoolward.reports.composing import Composer
from schoolward.reports.content import Block, Run, column, short_date

if TYPE_CHECKING:
    from schoolward.domains.initiatives.models import Initiative

# The rule's colours in words: a paper is also read in black and white, and aloud.
STANDING = {
    "green": _("On track"),
    "amber": _("At risk"),
    "red": _("Off track"),
    "grey": _("No recent report"),
}


def _reader(composer: Composer) -> Viewer:
    """The report reads as the installation itself; what it may print is decided by the checks."""
    return Viewer.system(at=datetime.combine(composer.as_of, time(), UTC), name="report")


def goals(composer: Composer) -> list[Block]:
    """Every objective's measure: where it began, where it stands, where it is to be."""
    rows: list[list[list[Run]]] = []
    unmeasured: list[str] = []
    for goal, lines in goal_tree(_reader(composer), on=composer.as_of).goals:
        for line in lines:
            known = [
                one
                for one in line.measures
                if one.reading is not None and one.link.baseline_on <= composer.as_of
            ]
            if not known:
                unmeasured.append(str(line.objective.title))
            for one in known:
                unit = measures.get(one.link.measure_key).unit
                words = (
                    _("Invented for this demonstration: baselines, targets and dates of the goal “%(goal)s”")
                    if one.link.invented
                    else _("Baselines, targets and dates: the partnership's plan, goal “%(goal)s”")
                )
                plan = words % {"goal": goal.title}
                rows.append(
                    [
                        [composer.text(line.objective.title)],
                        [composer.text(measures.get(one.link.measure_key).title)],
                        [
                            composer.text(display(float(one.link.baseline), unit)),
                            composer.text(f" ({one.link.baseline_on:%b %Y})"),
                        ],
                        [composer.number(one.link.measure_key)],
                        [
                            composer.text(f"{display(float(one.link.target), unit)} ({one.link.due:%b %Y})"),
                            composer.cite(plan),
                        ],
                    ]
                )
    if not rows:
        return [composer.note(_("No objective has a measure with a baseline and a target yet."))]
    table: Block = {
        "kind": "table",
        "caption": _("Objectives and their measures"),
        "columns": [
            column(_("Objective"), 2.4),
            column(_("Measure"), 1.7),
            column(_("Baseline"), 1.1, align="right"),
            column(_("Now"), 0.8, align="right"),
            column(_("Target"), 1.15, align="right"),
        ],
        "rows": rows,
    }
    if not unmeasured:
        return [table]
    rest = _("Objectives without a measure so far: %(titles)s.") % {"titles": "; ".join(unmeasured)}
    return [table, {"kind": "paragraph", "runs": [composer.text(rest)]}]


def initiatives(composer: Composer) -> list[Block]:
    """The initiatives that the audit led to, with the standing that the rule gives them."""
    rows: list[list[list[Run]]] = []
    listed = _begun(composer, "result", "initiative")
    for one in standings(listed, on=composer.as_of):
        closed = one.initiative.closed_on
        if one.initiative.kind == "body":
            state, coming = _("Meets"), one.initiative.cadence or _("when called")
        elif closed and closed <= composer.as_of:
            state, coming = _("Complete"), _("closed %(day)s") % {"day": short_date(closed)}
        else:
            state = str(STANDING.get(str(one.colour), one.colour))
            coming = _milestone(one, composer.as_of, due=_("due"))
        rows.append([[composer.text(one.initiative.title)], [composer.text(state)], [composer.text(coming)]])
    if not rows:
        return [composer.note(_("No initiative had begun by this day."))]
    return [
        {
            "kind": "table",
            "caption": _("The initiatives that the assessments led to, and where they stand"),
            "columns": [column(_("Initiative"), 2.3), column(_("Standing"), 0.7), column(_("Next"), 2.7)],
            "rows": rows,
        }
    ]


def programs(composer: Composer) -> list[Block]:
    """The programs and partner bodies, each in a sentence."""
    listed = _begun(composer, "programme")
    rows: list[list[list[Run]]] = [
        [[composer.text(row.title)], [composer.text(_first_sentence(row.summary))]] for row in listed
    ]
    if not rows:
        return []
    leads = _(
        "Alongside these initiatives the partnership runs or supports the following programs and bodies."
    )
    return [
        {"kind": "paragraph", "runs": [composer.text(leads)]},
        {
            "kind": "table",
            "caption": _("Programs and partner bodies"),
            "columns": [column(_("Program"), 1.7), column(_("What it does"), 3)],
            "rows": rows,
        },
    ]


def next_steps(composer: Composer) -> list[Block]:
    """What comes next: who answers for it, and by when."""
    rows: list[list[list[Run]]] = []
    listed = _planned(composer, "next_step")
    for one in standings(listed, on=composer.as_of):
        if one.initiative.closed_on and one.initiative.closed_on <= composer.as_of:
            continue
        row = one.initiative
        first = _milestone(one, composer.as_of, due=_("by"))
        due = short_date(row.due) if row.due else _("continuing")
        rows.append(
            [
                [composer.text(row.title)],
                [composer.text(row.get_owner_role_display())],
                [composer.text(first)],
                [composer.text(due)],
            ]
        )
    if not rows:
        return [composer.note(_("No next step has been entered yet."))]
    return [
        {
            "kind": "table",
            "caption": _("Next steps"),
            "columns": [
                column(_("Step"), 2.1),
                column(_("Answers for it"), 1.3),
                column(_("Next milestone"), 2.3),
                column(_("Due")),
            ],
            "rows": rows,
        }
    ]


def _milestone(one: Standing, day: date, *, due: str) -> str:
    """The next milestone with its day, which may have passed."""
    ahead = one.next_milestone
    if ahead is None:
        return _("no milestone set")
    return _("%(title)s, %(due)s %(day)s") % {
        "title": ahead.title,
        "due": _("was due") if ahead.due < day else due,
        "day": short_date(ahead.due),
    }


def _begun(composer: Composer, *strands: str) -> QuerySet[Initiative]:
    """What had begun by the paper's day: a paper of 2010 knows nothing of 2012."""
    listed = all_initiatives(_reader(composer)).filter(strand__in=strands, start__lte=composer.as_of)
    return listed.order_by("number")


def _planned(composer: Composer, *strands: str) -> QuerySet[Initiative]:
    """What had begun by the paper's day, or begins within the year after it."""
    soon = composer.as_of + timedelta(days=365)
    listed = all_initiatives(_reader(composer)).filter(strand__in=strands, start__lte=soon)
    return listed.order_by("number")


def _first_sentence(text: str) -> str:
    head, stop, _rest = text.partition(". ")
    return f"{head}." if stop else head
