"""Eligibility rules: writing a version, saying that it is wrong, and answering that."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from schoolward.domains.programs.actions.recording import (
    ProgramRefused,
    audit,
    happened,
    locked,
    said,
)
from schoolward.domains.programs.models import (
    Contest,
    ContestAnswer,
    EligibilityRule,
    Outcome,
    Program,
)
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer

AHEAD = timedelta(days=366)
"""How far ahead a version may begin: no next one can be written before it."""
_DATE = re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){5,}")
_ADDRESS = re.compile(r"\S@\S")


def without_identifiers(text: str, field: str) -> str:
    """The text, where it holds nothing that looks like a date of birth, a number of a person or an address.

    Raises ``ProgramRefused`` otherwise. It cannot tell a name; the form says that none belongs there.
    """
    text = said(text, field)
    if _DATE.search(text) or _LONG_NUMBER.search(text) or _ADDRESS.search(text):
        raise ProgramRefused(
            _(
                "This looks like a date of birth, a person's number or an e-mail address. Write "
                "about the rule "
                "alone; a year may be written as 2012."
            ),
            field=field,
        )
    return text


@transaction.atomic
def write_rule(
    *,
    program_id: int,
    text: str,
    source: str,
    valid_from: date,
    by: Viewer,
    at: datetime,
    written_by_role: str = "",
    invented: bool = False,
) -> EligibilityRule:
    """Write the next version of who may take part. The version before it holds until the day before.

    Asked again for the same words from the same day, it returns the version that is there.
    """
    program = locked(Program, program_id, by=by, permission="programs.manage")
    latest = timezone.localdate(at) + AHEAD
    if valid_from > latest:
        raise ProgramRefused(
            _("A version begins within a year: choose a day up to %(day)s.") % {"day": latest.isoformat()},
            field="valid_from",
        )
    last = program.rules.order_by("-version").first()
    text = "\n".join(line.strip() for line in said(text, "text").splitlines() if line.strip())
    source = said(source, "source")
    if last is not None:
        if (last.text, last.source, last.valid_from) == (text, source, valid_from):
            return last
        if valid_from <= last.valid_from:
            raise ProgramRefused(
                _("Version %(version)d holds from %(day)s on. Choose a day after it.")
                % {"version": last.version, "day": last.valid_from.isoformat()},
                field="valid_from",
            )
        if last.valid_to is None or last.valid_to >= valid_from:
            last.valid_to = valid_from - timedelta(days=1)
            last.save(update_fields=["valid_to"])
    made = EligibilityRule.objects.create(
        program=program,
        version=1 if last is None else last.version + 1,
        text=text,
        source=source,
        written_by_role=written_by_role or by.role,
        valid_from=valid_from,
        invented=invented,
    )
    audit("rule_written", made, by=by, key=program.key, version=made.version)
    return made


@transaction.atomic
def take_back_rule(*, rule_id: int, by: Viewer, at: datetime) -> None:
    """Take back the newest version before it is in force; the one before it goes on holding.

    Raises ``ProgramRefused`` for a version by which somebody may have been judged, or that was contested.
    """
    rule = locked(EligibilityRule, rule_id, by=by, permission="programs.manage")
    locked(Program, rule.program_id, by=by, permission="programs.manage")
    if rule.valid_from <= timezone.localdate(at):
        raise ProgramRefused(
            _("Version %(version)d is in force since %(day)s: write the next one instead.")
            % {"version": rule.version, "day": rule.valid_from.isoformat()}
        )
    if rule.program.rules.filter(version__gt=rule.version).exists():
        raise ProgramRefused(_("A later version follows it: take that one back first."))
    if rule.contests.exists():
        raise ProgramRefused(_("Somebody has contested it: answer, and write the next version."))
    before = rule.program.rules.filter(version__lt=rule.version).order_by("-version").first()
    if before is not None and before.valid_to == rule.valid_from - timedelta(days=1):
        before.valid_to = None
        before.save(update_fields=["valid_to"])
    audit("rule_taken_back", rule, by=by, key=rule.program.key, version=rule.version)
    rule.delete()


@transaction.atomic
def contest_rule(*, rule_id: int, ground: str, argument: str, by: Viewer, at: datetime) -> Contest:
    """Say that a version of a rule is wrong, and why. Sent twice with the same words, it is there once."""
    rule = locked(EligibilityRule, rule_id, by=by, permission="programs.contest")
    argument = without_identifiers(argument, "argument")
    there = rule.contests.filter(by_id=by.account_id, ground=ground, argument=argument).first()
    if there is not None:
        return there
    made = Contest.objects.create(rule=rule, ground=ground, argument=argument, **happened(by=by, at=at))
    audit("rule_contested", made, by=by, key=rule.program.key, version=rule.version, ground=ground)
    return made


@transaction.atomic
def answer_contest(*, contest_id: int, outcome: str, reason: str, by: Viewer, at: datetime) -> ContestAnswer:
    """Answer a contest with a reason. Not by who raised it, and once."""
    check(by, "programs.answer")
    contest = locked(Contest, contest_id, by=by, permission="programs.answer")
    if ContestAnswer.objects.filter(contest=contest).exists():
        raise ProgramRefused(_("This was answered already."))
    if by.account_id is not None and contest.by_id == by.account_id:
        raise ProgramRefused(_("You raised this yourself: somebody else answers it."))
    made = ContestAnswer.objects.create(
        contest=contest,
        outcome=Outcome(outcome),
        reason=without_identifiers(reason, "reason"),
        contested_by_id=contest.by_id,
        **happened(by=by, at=at),
    )
    audit("contest_answered", contest, by=by, outcome=outcome)
    return made
