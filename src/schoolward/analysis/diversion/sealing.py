"""The clocks after diversion, each begun by the deed before it, by the law of the day on which it begins.

Two ways: probation or a prosecutor diverted instead of a petition (Welfare and Institutions Code 786.5), or
the police diverted instead of an arrest or a referral (827.95).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources

from schoolward.analysis.school_days import weekdays
from schoolward.analysis.statutes import Statute, Statutes, read_statutes


class SealingPath(StrEnum):
    """Who diverted, and so which section holds."""

    POLICE = "827.95"
    PROBATION = "786.5"


class Step(StrEnum):
    """What happens after completion, in this order."""

    DETERMINATION = "determination"
    AGENCY_TOLD = "agency-told"
    SEALED = "sealed"
    MINOR_TOLD = "minor-told"


@dataclass(frozen=True)
class Clock:
    """One step: since when its time runs, by when it is due, and when it was done."""

    step: Step
    statute: Statute
    from_day: date
    due_on: date | None
    done_on: date | None

    def is_late(self, on: date) -> bool:
        """Whether it was done after its day, or that day is over without it."""
        if self.due_on is None:
            return False
        return (self.done_on or on) > self.due_on


@cache
def sealing_law() -> Statutes:
    """The rules of `sealing.toml`."""
    return read_statutes(resources.files(__package__).joinpath("sealing.toml").read_text(encoding="utf-8"))


def sealing_clocks(
    path: SealingPath, completed_on: date, done: Mapping[Step, date], statutes: Statutes
) -> tuple[Clock, ...]:
    """The clocks that run or have run: each step's begins with the deed before it, the first with completion.

    The last one is the first that is not done; steps without a rule on their day are passed over, so that
    nothing is clocked by a law that was not there. Raises ``ValueError`` where a deed came before the one
    that begins its clock.
    """
    found: list[Clock] = []
    begun = completed_on
    for step in Step:
        rule = statutes.find(f"{path}-{step}", begun)
        if rule is None:
            continue
        day = done.get(step)
        if day is not None and day < begun:
            raise ValueError(
                f"the step “{step}” was done on {day}, before {begun}, when it begins; mend one."
            )
        found.append(Clock(step, rule, begun, rule.due_on(begun, weekdays), day))
        if day is None:
            break
        begun = day
    return tuple(found)


def confidential_since(path: SealingPath, diverted_on: date, statutes: Statutes) -> Statute | None:
    """The rule by which the record is confidential while diversion runs; ``None`` where none says so."""
    return statutes.find(f"{path}-confidential", diverted_on)
