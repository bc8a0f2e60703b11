"""Whether somebody can be referred to a program at all: what is known of it and of the age alone."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import CaseRefused
from schoolward.domains.cases.matching import Answer, of_age
from schoolward.domains.cases.models import Youth
from schoolward.domains.programs.queries import programs, rule_on
from schoolward.platform.access.viewer import Viewer


def fit_program(program_id: int, *, born_on: date, on: date, by: Viewer) -> None:
    """Refuse a program that takes nobody by referral, that is over, or whose ages do not fit on the day.

    The ages are those of the catalogue and of the written rule that holds on the day. Other requirements are
    talked about with the family and never judged here. Raises :class:`CaseRefused` for ``program_id``.
    """
    program = programs(by).filter(pk=program_id).first()
    if program is None:
        raise CaseRefused(_("There is no such program."), field="program_id")
    if program.kind == "event":
        raise CaseRefused(
            _(
                "%(program)s is open to whoever comes and registers nobody: tell the family "
                "of it, and choose another."
            )
            % {"program": program},
            field="program_id",
        )
    if str(program.state_on(on)) == "ended":
        raise CaseRefused(
            _("%(program)s has ended: choose one that runs.") % {"program": program}, field="program_id"
        )
    age = Youth(born_on=born_on).age_on(on)
    if (program.min_age is not None and age < program.min_age) or (
        program.max_age is not None and age > program.max_age
    ):
        raise CaseRefused(
            _("%(program)s is for those of %(ages)s; at %(age)d it does not take them. Choose another.")
            % {"program": program, "ages": _ages(program.min_age, program.max_age), "age": age},
            field="program_id",
        )
    rule = rule_on(program, on)
    for requirement in rule.requirements if rule else ():
        if of_age(requirement, age) is Answer.NO:
            raise CaseRefused(
                _(
                    "The written rule of %(program)s says: “%(rule)s” At %(age)d it does not fit. "
                    "Choose another."
                )
                % {"program": program, "rule": requirement, "age": age},
                field="program_id",
            )


def _ages(least: int | None, most: int | None) -> str:
    if least is None:
        return _("up to %(most)d") % {"most": most}
    if most is None:
        return _("%(least)d and over") % {"least": least}
    return _("%(least)d to %(most)d") % {"least": least, "most": most}
