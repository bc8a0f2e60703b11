"""One object of a rules file at a time: values by name, each with its type, and every fault by its place."""

import json
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=StrEnum)
_LONGEST: Final = 36_525  # a hundred years in days: a longer term is a slip of the pen
_DEAREST: Final = 100_000_00  # likewise in cents


class OrdinanceProblem(ValueError):
    """The rules cannot be used. The message names the place in the file, the value and the mend."""


class Part:
    """One object of the file, its place in it, and which of its names were asked for."""

    def __init__(self, value: Any, place: str) -> None:
        if not isinstance(value, dict):
            raise OrdinanceProblem(f"{place or 'the file'} must be an object {{…}}, not {shown(value)}.")
        self.value: dict[str, Any] = value
        self.place = place
        self.asked: set[str] = set()

    def at(self, name: str) -> str:
        """Return the place of a name."""
        return f"{self.place}.{name}" if self.place else name

    def get(self, name: str, default: Any = None) -> Any:
        """Return a value as it stands."""
        self.asked.add(name)
        return self.value.get(name, default)

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        return self._typed(name, default, str, 'a text in "…"')

    def flag(self, name: str, default: bool) -> bool:
        """Return true or false."""
        return self._typed(name, default, bool, "true or false")

    def number(self, name: str, default: int | None = None, *, least: int = 0, most: int = _LONGEST) -> int:
        """Return a whole number between two bounds, both included."""
        found = self._typed(name, default, int, "a whole number")
        if isinstance(found, bool) or not least <= found <= most:
            raise OrdinanceProblem(f"{self.at(name)} is {shown(found)}; write {least} to {most:,}.")
        return found

    def cents(self, name: str, default: int | None = None) -> int:
        """Return an amount of money in cents."""
        return self.number(name, default, most=_DEAREST)

    def day(self, name: str, default: date | None = None, *, required: bool = False) -> date | None:
        """Return a day."""
        found = self.get(name)
        if found is None and not required:
            return default
        return read_day(found, self.at(name))

    def choice(self, name: str, choices: type[_Choice], default: _Choice | None = None) -> _Choice:
        """Return one of several words."""
        found = self.get(name, default)
        return read_choice(found, choices, self.at(name))

    def part(self, name: str) -> "Part | None":
        """Return an object inside this one, None where there is none."""
        found = self.get(name)
        return None if found is None else Part(found, self.at(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(self.each(name, lambda value, place: read_typed(value, place, str, 'a text in "…"')))

    def each(self, name: str, read: Callable[[Any, str], _Value]) -> list[_Value]:
        """Read each value of a list, given the value and its place."""
        found = self.get(name, [])
        if not isinstance(found, list):
            raise OrdinanceProblem(f"{self.at(name)} must be a list […], not {shown(found)}.")
        return [read(value, f"{self.at(name)}[{index}]") for index, value in enumerate(found)]

    def finish(self) -> None:
        """Refuse names that nobody asked for: a misspelt rule would be silently without effect."""
        for name in self.value:
            if name not in self.asked and not name.startswith("_"):
                known = ", ".join(sorted(self.asked))
                raise OrdinanceProblem(f"{self.at(name)} is not known; here stand: {known}.")

    def _typed(self, name: str, default: _Value | None, kind: type[_Value], what: str) -> _Value:
        found = self.get(name, default)
        if found is None:
            raise OrdinanceProblem(f"{self.at(name)} is missing; write {what}.")
        return read_typed(found, self.at(name), kind, what)


def read_day(value: Any, place: str) -> date:
    """Read a day, e.g. 2012-09-06. Raises OrdinanceProblem."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise OrdinanceProblem(f"{place} is {shown(value)}; write a day as 2012-09-06.") from None


def read_typed(value: Any, place: str, kind: type[_Value], what: str) -> _Value:
    """Return a value if it is of a type. Raises OrdinanceProblem."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise OrdinanceProblem(f"{place} is {shown(value)}; write {what}.")
    return value


def read_choice(value: Any, choices: type[_Choice], place: str) -> _Choice:
    """Return the one of several words that a value is. Raises OrdinanceProblem."""
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(choices)
        raise OrdinanceProblem(f"{place} is {shown(value)}; write one of {known}.") from None


def shown(value: Any) -> str:
    """Return a value as a message shows it."""
    return "missing" if value is None else json.dumps(value, ensure_ascii=False)[:60]
