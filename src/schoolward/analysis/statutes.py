"""Laws as dated data: what a section asks, in which numbers, from when to when, and who says the number.

The rows are a TOML file, one table ``[[rule]]`` each; a law that changes gets a further row and never a new
line of code. A number that the law itself does not name (it says "shall be notified" and no day) is the
installation's own: ``assumed`` says so wherever it is shown. Nothing here is legal advice; ``confirmed``
stays false until counsel has confirmed the row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from typing import Any

from schoolward.analysis.school_days import DayKind, IsSchoolDay, days_after


class StatuteFault(ValueError):
    """A row of the file that cannot be a rule. The message names the row and the mend."""


class NoStatute(LookupError):
    """No rule of this key held on the day."""


@dataclass(frozen=True)
class Statute:
    """One rule as it held from one day to another, both included; ``None`` is open.

    ``count`` is how often something has happened, ``over_minutes`` what is longer than so many minutes,
    ``percent`` a share from which it holds, ``least_days`` the days below which nothing is said. ``due_days``
    of ``due_kind``, or ``due_minutes``, is the time for doing it; ``assumed`` where the law names none.
    ``contents`` is what a notice must say.
    """

    key: str
    citation: str
    says: str
    valid_from: date | None = None
    valid_to: date | None = None
    count: int | None = None
    over_minutes: int | None = None
    percent: int | None = None
    least_days: int | None = None
    due_days: int | None = None
    due_kind: DayKind = DayKind.CALENDAR
    due_minutes: int | None = None
    assumed: bool = False
    confirmed: bool = False
    note: str = ""
    contents: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    def due_on(self, from_day: date, is_school_day: IsSchoolDay) -> date | None:
        """The last day for doing it; ``None`` where neither law nor installation names one."""
        if self.due_days is None:
            return None
        return days_after(from_day, self.due_days, self.due_kind, is_school_day)


class Statutes:
    """The rules of one subject. Rules of one key never hold at the same time."""

    def __init__(self, rules: Iterable[Statute]) -> None:
        self._rules: dict[str, list[Statute]] = {}
        for rule in rules:
            self._rules.setdefault(rule.key, []).append(rule)
        for key, rows in self._rules.items():
            rows.sort(key=lambda row: row.valid_from or date.min)
            for earlier, later in pairwise(rows):
                begins = later.valid_from or date.min
                if earlier.valid_to is None or begins <= earlier.valid_to:
                    raise StatuteFault(
                        f"Rule {key!r} holds twice on {begins}: "
                        "end the earlier row (valid_to) before that day."
                    )

    def __iter__(self) -> Iterator[Statute]:
        return (rule for rows in self._rules.values() for rule in rows)

    def find(self, key: str, day: date) -> Statute | None:
        """The rule of this key that holds on the day, ``None`` where none does."""
        return next((rule for rule in self._rules.get(key, ()) if rule.holds_on(day)), None)

    def on(self, key: str, day: date) -> Statute:
        """The rule of this key that holds on the day. Raises :class:`NoStatute`."""
        found = self.find(key, day)
        if found is None:
            raise NoStatute(f"no rule {key!r} held on {day}")
        return found


_KNOWN = {field.name for field in fields(Statute)}
_NUMBERS = ("count", "over_minutes", "percent", "least_days", "due_days", "due_minutes")


def read_statutes(text: str) -> Statutes:
    """Read a file of rules. Raises :class:`StatuteFault` with row and mend, and reads all or nothing."""
    try:
        rows = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as fault:
        raise StatuteFault(f"This is no TOML: {fault}.") from fault
    if not rows:
        raise StatuteFault("The file has no rule: write at least one table [[rule]].")
    return Statutes(_statute(number, row) for number, row in enumerate(rows, start=1))


def _statute(number: int, row: dict[str, Any]) -> Statute:
    named = f"Rule {number} ({row.get('key', 'without a key')})"
    if unknown := sorted(set(row) - _KNOWN):
        raise StatuteFault(f"{named}: {', '.join(unknown)} is not known; leave it out.")
    if missing := [name for name in ("key", "citation", "says") if not row.get(name)]:
        raise StatuteFault(f"{named}: write its {', '.join(missing)}.")
    for name in _NUMBERS:
        value = row.get(name)
        if value is not None and (type(value) is not int or value < 0):
            raise StatuteFault(f"{named}: {name} is {value!r}; write a whole number from 0.")
    told = dict(row)
    try:
        told["due_kind"] = DayKind(row.get("due_kind", DayKind.CALENDAR))
    except ValueError:
        raise StatuteFault(f"{named}: due_kind is {row['due_kind']!r}; write school or calendar.") from None
    told["contents"] = tuple(row.get("contents", ()))
    made = Statute(**told)
    if made.valid_from and made.valid_to and made.valid_to < made.valid_from:
        raise StatuteFault(f"{named}: it ends on {made.valid_to}, before it begins; mend one day.")
    return made
