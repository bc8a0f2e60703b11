"""What is said of programs, in and out: plans, ratings, rules, contests, and the bodies that look after
them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs import actions, queries
from schoolward.domains.programs.exchange.tables import (
    Cells,
    NotThere,
    ProgramTable,
    Values,
    acting,
    filled,
    program_column,
    program_of,
    short_name,
    words,
)
from schoolward.domains.programs.models import (
    Contest,
    DateIs,
    DosagePlan,
    EligibilityRule,
    EvidenceRating,
    Ground,
    Oversight,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.columns import Column, day, one_of, own_words, whole_number
from schoolward.platform.exchange.registry import ImportContext, register

_PLAN = ("sessions", "minutes", "weeks", "group_min", "group_max", "source")


@register
class Plans(ProgramTable):
    """How much of a program there should be."""

    key = "program-plans"
    title = _("Dosage plans of programs")
    description = _("How many sessions of how many minutes, from a day on. In order of the days.")
    columns = (
        program_column(),
        Column("valid_from", _("From this day on."), required=True, parse=day, example="2012-08-27"),
        Column("valid_to", _("Written out, not read in: the next plan ends it."), parse=day),
        Column("sessions", _("How many sessions."), required=True, parse=whole_number(1, 400), example="12"),
        Column("minutes", _("Minutes of one."), required=True, parse=whole_number(5, 1440), example="45"),
        Column("weeks", _("Over how many weeks."), parse=whole_number(1, 200)),
        Column("group_min", _("The smallest group."), parse=whole_number(1, 1000)),
        Column("group_max", _("The largest group."), parse=whole_number(1, 1000)),
        words("source", _("Who says so."), 200, required=True, example="The program's manual"),
    )
    written_out = frozenset({"valid_to"})

    def rows(self, viewer: Viewer) -> QuerySet[DosagePlan]:
        return queries.plans(viewer).order_by("program__key", "valid_from")

    def cells(self, record: DosagePlan) -> Cells:
        names = (*_PLAN, "valid_from", "valid_to")
        return {**{name: getattr(record, name) for name in names}, "program": record.program.key}

    def find(self, values: Values, context: ImportContext) -> DosagePlan | None:
        return program_of(values, context).plans.filter(valid_from=values["valid_from"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.set_plan(
            program_id=program_of(values, context).pk,
            valid_from=values["valid_from"],
            **filled(values, *_PLAN),
            **acting(context),
        )


_RATING = ("source", "rating", "population", "dated", "date_is", "found_at")


@register
class Ratings(ProgramTable):
    """What sources say of programs."""

    key = "program-ratings"
    title = _("Evidence ratings of programs")
    description = _("What a source says of a program, of whom and when. Sources may disagree: all are kept.")
    columns = (
        program_column(),
        words("source", _("Who rates."), 200, required=True, example="A clearinghouse"),
        words("rating", _("In the source's own words."), 120, required=True, example="Promising"),
        words("population", _("Of whom it speaks."), 200, required=True, example="High-school students"),
        Column("dated", _("The date."), required=True, parse=day, example="2011-06-15"),
        Column("date_is", _("What the date is."), parse=one_of(DateIs.choices)),
        words("found_at", _("Where it can be read."), 300),
    )

    def rows(self, viewer: Viewer) -> QuerySet[EvidenceRating]:
        return queries.ratings(viewer)

    def cells(self, record: EvidenceRating) -> Cells:
        return {**{name: getattr(record, name) for name in _RATING}, "program": record.program.key}

    def find(self, values: Values, context: ImportContext) -> EvidenceRating | None:
        rated = program_of(values, context).ratings
        return rated.filter(source__iexact=values["source"], dated=values["dated"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.rate(
            program_id=program_of(values, context).pk,
            **filled(values, *_RATING, date_is=DateIs.RATED.value, found_at=""),
            **acting(context),
        )


def _requirements(cell: str) -> str:
    """Read requirements, one a line, without blank ones."""
    return "\n".join(line.strip() for line in own_words(4000)(cell).splitlines() if line.strip())


@register
class Rules(ProgramTable):
    """Who may take part, version by version."""

    key = "program-rules"
    title = _("Eligibility rules of programs")
    description = _("Versions of who may take part, the oldest first. Their words are never changed.")
    columns = (
        program_column(),
        Column("version", _("Written out, not read in."), parse=whole_number(1, 1000)),
        Column(
            "text",
            _("The requirements, one a line within the cell."),
            required=True,
            parse=_requirements,
            example="Is in grade 9 to 12.",
        ),
        words("source", _("What it follows."), 200, required=True, example="The program's manual"),
        Column("valid_from", _("From this day on."), required=True, parse=day, example="2012-08-27"),
        Column("valid_to", _("Written out, not read in: the next version ends it."), parse=day),
    )
    written_out = frozenset({"version", "valid_to"})

    def rows(self, viewer: Viewer) -> QuerySet[EligibilityRule]:
        return queries.rules(viewer).order_by("program__key", "version")

    def cells(self, record: EligibilityRule) -> Cells:
        names = ("version", "text", "source", "valid_from", "valid_to")
        return {**{name: getattr(record, name) for name in names}, "program": record.program.key}

    def find(self, values: Values, context: ImportContext) -> EligibilityRule | None:
        return (
            program_of(values, context)
            .rules.filter(valid_from=values["valid_from"], text=values["text"], source=values["source"])
            .first()
        )

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.write_rule(
            program_id=program_of(values, context).pk,
            text=values["text"],
            source=values["source"],
            valid_from=values["valid_from"],
            **acting(context),
        )


@register
class Contests(ProgramTable):
    """What was said against rules."""

    key = "program-contests"
    title = _("What was said against rules")
    description = _("Contests of eligibility rules with their answers. Whoever brings one in raises it.")
    columns = (
        program_column(),
        Column("version", _("Version of the rule."), required=True, parse=whole_number(1, 1000), example="1"),
        Column(
            "ground",
            _("What is wrong."),
            required=True,
            parse=one_of(Ground.choices),
            example=Ground.UNCLEAR.value,
        ),
        words(
            "argument",
            _("Why. About the rule, never about a child."),
            600,
            required=True,
            example="Grade 9 of which school year?",
        ),
        Column("on", _("Written out, not read in."), parse=day),
        words("outcome", _("Written out, not read in."), 40),
        words("reason", _("The answer. Written out, not read in."), 600),
    )
    written_out = frozenset({"on", "outcome", "reason"})

    def rows(self, viewer: Viewer) -> QuerySet[Contest]:
        return queries.contests(viewer).order_by("on", "pk")

    def cells(self, record: Contest) -> Cells:
        answer = getattr(record, "answer", None)
        return {
            "program": record.rule.program.key,
            "version": record.rule.version,
            "ground": record.ground,
            "argument": record.argument,
            "on": record.on,
            "outcome": answer.outcome if answer else "",
            "reason": answer.reason if answer else "",
        }

    def find(self, values: Values, context: ImportContext) -> Contest | None:
        rule = self._rule(values, context)
        return rule.contests.filter(ground=values["ground"], argument=values["argument"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        actions.contest_rule(
            rule_id=self._rule(values, context).pk,
            ground=values["ground"],
            argument=values["argument"],
            **acting(context),
        )

    @staticmethod
    def _rule(values: Values, context: ImportContext) -> EligibilityRule:
        rule = program_of(values, context).rules.filter(version=values["version"]).first()
        if rule is None:
            raise NotThere("version")
        return rule


@register
class Bodies(ProgramTable):
    """Which bodies look after which programs."""

    key = "program-bodies"
    title = _("Bodies that look after programs")
    description = _("One row for each program and body. A body that is not in the file stays.")
    columns = (
        program_column(),
        Column(
            "body",
            _("Short name of the body, under which its meetings are kept."),
            required=True,
            parse=short_name,
            example="project-team",
        ),
    )

    def rows(self, viewer: Viewer) -> QuerySet[Oversight]:
        return queries.oversight(viewer).order_by("program__key", "body_key")

    def cells(self, record: Oversight) -> Cells:
        return {"program": record.program.key, "body": record.body_key}

    def find(self, values: Values, context: ImportContext) -> Oversight | None:
        return program_of(values, context).oversight.filter(body_key=values["body"]).first()

    def write(self, values: Values, there: Any, context: ImportContext) -> None:
        program = program_of(values, context)
        held = list(program.oversight.values_list("body_key", flat=True))
        actions.oversee(program_id=program.pk, body_keys=[*held, values["body"]], **acting(context))
