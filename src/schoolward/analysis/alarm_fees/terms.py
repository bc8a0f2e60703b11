"""The days that follow a notice: until when to appeal and to pay, and what became of appeals."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from schoolward.analysis.alarm_fees.alarms import Alarms
from schoolward.analysis.alarm_fees.days import NO_DAY, Flags, Integers, day_number
from schoolward.analysis.alarm_fees.ordinance import DayKind, Edition, Ordinance
from schoolward.analysis.alarm_fees.records import Appeal, Codes, Outcome


class Ruling(IntEnum):
    """What became of an appeal; of several against one charge the highest decides."""

    NONE = 0
    TOO_LATE = 1
    WITHDRAWN = 2
    DENIED = 3
    PENDING = 4
    GRANTED = 5


@dataclass(frozen=True)
class Rulings:
    """For each alarm its Ruling, the day of the decision, and the day by which the city has to decide."""

    ruling: Codes
    decided: Integers
    decision_due: Integers

    @property
    def granted(self) -> Flags:
        """Which alarms an appeal has struck out."""
        found: Flags = self.ruling == Ruling.GRANTED
        return found


def appeal_deadlines(alarms: Alarms, ordinance: Ordinance) -> Integers:
    """Return the last day on which each alarm's charge may be appealed, NO_DAY where the rule names none."""

    def last(edition: Edition, notice: Integers) -> Integers:
        rule = edition.appeal
        if rule is None:
            return np.full(len(notice), NO_DAY, dtype=np.int64)
        return _later(edition, notice, rule.days, rule.kind, extends=rule.extends)

    return _by_edition(alarms, ordinance, alarms.notice, last)


def judge(
    alarms: Alarms, places: Mapping[str, int], appeals: Iterable[Appeal], ordinance: Ordinance, as_of: int
) -> Rulings:
    """Say what became, up to a day, of the appeals against alarms; `places` finds an alarm by its number."""
    size = len(alarms)
    rulings = Rulings(
        np.full(size, Ruling.NONE, dtype=np.int8),
        np.full(size, NO_DAY, dtype=np.int64),
        np.full(size, NO_DAY, dtype=np.int64),
    )
    filed = [
        (places[appeal.event], day_number(appeal.filed_on), appeal)
        for appeal in appeals
        if appeal.event in places and day_number(appeal.filed_on) <= as_of
    ]
    if not filed:
        return rulings
    of = np.array([place for place, _, _ in filed], dtype=np.int64)
    concerned = alarms.take(of)
    deadlines = appeal_deadlines(concerned, ordinance)
    days = np.array([day for _, day, _ in filed], dtype=np.int64)
    due = _by_edition(concerned, ordinance, days, _decision_due)
    for index, (place, day, appeal) in enumerate(filed):
        ruling, decided = _ruling(appeal, day, int(deadlines[index]), as_of)
        here = (rulings.ruling[place], rulings.decided[place], rulings.decision_due[place])
        if (ruling, decided, int(due[index])) > here:
            rulings.ruling[place], rulings.decided[place] = ruling, decided
            rulings.decision_due[place] = due[index]
    return rulings


def payment_due(alarms: Alarms, rulings: Rulings, ordinance: Ordinance) -> Integers:
    """Return the day by which each charge is to be paid: after the notice, or after an appeal has failed."""
    days = np.array([edition.payment.due_days for edition in ordinance.editions] + [0], dtype=np.int64)
    failed = (rulings.ruling == Ruling.DENIED) | (rulings.ruling == Ruling.WITHDRAWN)
    begins = np.where(failed, np.maximum(alarms.notice, rulings.decided), alarms.notice)
    due: Integers = begins + days[alarms.edition]
    return due


def _ruling(appeal: Appeal, filed: int, deadline: int, as_of: int) -> tuple[Ruling, int]:
    """Return the ruling and the day of the decision, NO_DAY where there is none yet."""
    if deadline != NO_DAY and filed > deadline:
        return Ruling.TOO_LATE, NO_DAY
    decided = NO_DAY if appeal.decided_on is None else day_number(appeal.decided_on)
    if appeal.outcome is None or decided == NO_DAY or decided > as_of:
        return Ruling.PENDING, NO_DAY
    return Ruling[Outcome(appeal.outcome).name], decided


def _decision_due(edition: Edition, filed: Integers) -> Integers:
    rule = edition.appeal
    if rule is None or not rule.decision_days:
        return np.full(len(filed), NO_DAY, dtype=np.int64)
    return _later(edition, filed, rule.decision_days, rule.decision_kind)


def _later(edition: Edition, days: Integers, count: int, kind: DayKind, *, extends: bool = False) -> Integers:
    if kind is DayKind.BUSINESS:
        return edition.business_days.after(days, count)
    return edition.business_days.not_before(days + count) if extends else days + count


def _by_edition(
    alarms: Alarms, ordinance: Ordinance, days: Integers, rule: Callable[[Edition, Integers], Integers]
) -> Integers:
    found = np.full(len(alarms), NO_DAY, dtype=np.int64)
    for number, edition in enumerate(ordinance.editions):
        here = alarms.edition == number
        if here.all():
            return rule(edition, days)
        if here.any():
            found[here] = rule(edition, days[here])
    return found
