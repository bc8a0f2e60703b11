"""Rules of eligibility as people wrote them: a file with dated editions, read whole or refused with a mend.

A rule names one of a few tests and its numbers. There is no rule that weighs, adds up or predicts.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final

from schoolward.analysis.diversion.contract import PlannedTerm, TermKind
from schoolward.analysis.offences import Category


class RulesFault(ValueError):
    """A file that cannot be rules. The message names the edition, the rule and the mend."""


class Test(StrEnum):
    """What a rule may ask."""

    __test__ = False  # not a case for pytest

    AGE_BETWEEN = "age_between"
    OFFENCE_IN = "offence_in"
    OFFENCE_NOT_IN = "offence_not_in"
    LEVEL_IN = "level_in"
    DIVERTED_FEWER_THAN = "diverted_fewer_than"
    NOT_DIVERTED_WITHIN = "not_diverted_within"
    ACCEPTS_RESPONSIBILITY = "accepts_responsibility"
    GUARDIAN_AGREES = "guardian_agrees"
    VICTIM_HEARD = "victim_heard"


@dataclass(frozen=True)
class EligibilityRule:
    """One rule in the words of those who wrote it, with its test and what the test takes."""

    key: str
    says: str
    test: Test
    low: int = 0
    high: int = 0
    count: int = 0
    months: int = 0
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Edition:
    """All rules as they held from one day to another, both included, and what a contract then asked."""

    number: int
    valid_from: date
    valid_to: date | None
    written_by: str
    source: str
    rules: tuple[EligibilityRule, ...]
    months: int
    terms: tuple[PlannedTerm, ...]


@dataclass(frozen=True)
class RuleSet:
    """A program's rules through their editions, oldest first, without overlap."""

    key: str
    title: str
    invented: bool
    editions: tuple[Edition, ...]

    def on(self, day: date) -> Edition | None:
        """The edition in force on a day."""
        for edition in self.editions:
            if edition.valid_from <= day and (edition.valid_to is None or day <= edition.valid_to):
                return edition
        return None

    def numbered(self, number: int) -> Edition | None:
        """The edition of this number."""
        return next((edition for edition in self.editions if edition.number == number), None)


LEVELS: Final = frozenset({"infraction", "misdemeanor", "felony"})
_TAKES: Final[dict[Test, tuple[str, ...]]] = {
    Test.AGE_BETWEEN: ("low", "high"),
    Test.OFFENCE_IN: ("names",),
    Test.OFFENCE_NOT_IN: ("names",),
    Test.LEVEL_IN: ("names",),
    Test.DIVERTED_FEWER_THAN: ("count",),
    Test.NOT_DIVERTED_WITHIN: ("months",),
    Test.ACCEPTS_RESPONSIBILITY: (),
    Test.GUARDIAN_AGREES: (),
    Test.VICTIM_HEARD: (),
}
_OF_A_RULE: Final = {"key", "says", "test"}


def read_rules(text: str) -> RuleSet:
    """Read a file of rules. Raises :class:`RulesFault`."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise RulesFault(f"This is no TOML: {fault}.") from fault
    for name in ("key", "title", "edition"):
        if not told.get(name):
            raise RulesFault(f"The file has no {name}: write it.")
    editions = tuple(_edition(row) for row in told["edition"])
    for earlier, later in pairwise(editions):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to or later.number <= earlier.number:
            raise RulesFault(
                f"Edition {later.number} begins on {later.valid_from}: end edition {earlier.number} before "
                "that day, and number editions upwards."
            )
    return RuleSet(str(told["key"]), str(told["title"]), bool(told.get("invented", False)), editions)


def _edition(row: dict[str, Any]) -> Edition:
    named = f"Edition {row.get('number', 'without a number')}"
    for name in ("number", "valid_from", "written_by", "source", "months", "rule", "term"):
        if not row.get(name):
            raise RulesFault(f"{named} has no {name}: write it.")
    rules = tuple(_rule(named, rule) for rule in row["rule"])
    if len({rule.key for rule in rules}) < len(rules):
        raise RulesFault(f"{named} has two rules of one key: name each differently.")
    return Edition(
        int(row["number"]),
        row["valid_from"],
        row.get("valid_to"),
        str(row["written_by"]),
        str(row["source"]),
        rules,
        int(row["months"]),
        tuple(_term(named, term) for term in row["term"]),
    )


def _rule(named: str, row: dict[str, Any]) -> EligibilityRule:
    named = f"{named}, rule {row.get('key', 'without a key')}"
    for name in sorted(_OF_A_RULE):
        if not row.get(name):
            raise RulesFault(f"{named}: write its {name}.")
    try:
        test = Test(row["test"])
    except ValueError:
        raise RulesFault(f"{named}: there is no test {row['test']!r}; choose of {', '.join(Test)}.") from None
    takes = set(_TAKES[test])
    if takes != set(row) - _OF_A_RULE:
        raise RulesFault(
            f"{named}: {test} takes {', '.join(sorted(takes)) or 'nothing'} beside key and words."
        )
    names = frozenset(str(name) for name in row.get("names", ()))
    known = LEVELS if test is Test.LEVEL_IN else frozenset(Category)
    if "names" in takes and (not names or names - known):
        wrong = ", ".join(sorted(names - known)) or "nothing"
        raise RulesFault(f"{named}: {wrong} is not known; choose of {', '.join(sorted(known))}.")
    numbers = {name: row[name] for name in takes - {"names"}}
    if any(type(number) is not int or number < 0 for number in numbers.values()):
        raise RulesFault(f"{named}: write whole numbers from 0.")
    if test is Test.AGE_BETWEEN and row["high"] < row["low"]:
        raise RulesFault(f"{named}: the highest age is below the lowest; mend one.")
    return EligibilityRule(str(row["key"]), str(row["says"]), test, names=names, **numbers)


def _term(named: str, row: dict[str, Any]) -> PlannedTerm:
    try:
        kind = TermKind(row.get("kind", ""))
    except ValueError:
        raise RulesFault(
            f"{named}: there is no kind of term {row.get('kind')!r}; choose of {', '.join(TermKind)}."
        ) from None
    amount, days = row.get("amount", 1), row.get("days", 0)
    if type(amount) is not int or type(days) is not int or amount < 1 or days < 1:
        raise RulesFault(f"{named}, term {kind}: write an amount and days from 1.")
    return PlannedTerm(kind, amount, days)
