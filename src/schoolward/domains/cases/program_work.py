"""What programs ask of whoever runs them, as dated data: class days, monthly tracking, hours of service."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

_FILE = Path(__file__).parent / "data" / "program_work.toml"


class WorkFault(ValueError):
    """The file cannot be what programs ask for. The message names the row and the mend."""


@dataclass(frozen=True)
class Held:
    """A row that holds for one program from one day to another, with where it comes from."""

    program: str
    valid_from: date
    source: str
    valid_to: date | None = None


@dataclass(frozen=True)
class ClassDay(Held):
    """Days that a class with a parent asks for: ``remind`` before it, ``confirm`` after the offer, ``rescue``
    after the class."""

    confirm: int = 0
    remind: tuple[int, ...] = ()
    rescue: int = 0


@dataclass(frozen=True)
class Tracked(Held):
    """How many months are tracked, the month of the start first, and on which day of the next each is due."""

    months: int = 0
    due_day: int = 1


@dataclass(frozen=True)
class ServiceGoal(Held):
    """Hours of service that a student gives in a school year."""

    hours: int = 0


Kind = TypeVar("Kind", bound=Held)


@dataclass(frozen=True)
class ProgramWork:
    """Every row of the file."""

    class_days: tuple[ClassDay, ...]
    tracked: tuple[Tracked, ...]
    service_goals: tuple[ServiceGoal, ...]


def read_work(text: str) -> ProgramWork:
    """Read the rows. Raises :class:`WorkFault` for one that lacks a value, or two that hold on one day."""
    told = tomllib.loads(text)
    known = {"class_day", "tracked", "service_goal"}
    if unknown := set(told) - known:
        raise WorkFault(f"{sorted(unknown)[0]!r} is no kind of row: write one of {', '.join(sorted(known))}.")
    return ProgramWork(
        _rows(told, "class_day", ClassDay, least={"confirm": 1, "rescue": 1}),
        _rows(told, "tracked", Tracked, least={"months": 1, "due_day": 1}),
        _rows(told, "service_goal", ServiceGoal, least={"hours": 1}),
    )


def _rows(
    told: dict[str, list[dict[str, Any]]], name: str, kind: type[Kind], *, least: dict[str, int]
) -> tuple[Kind, ...]:
    rows: list[Kind] = []
    for number, raw in enumerate(told.get(name, []), 1):
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()
        }
        try:
            row = kind(**values)
        except TypeError as problem:
            raise WorkFault(f"{name} {number}: {problem}.") from None
        for key, lowest in least.items():
            if getattr(row, key) < lowest:
                raise WorkFault(f"{name} {number}: {key} is {getattr(row, key)}; write {lowest} or more.")
        if isinstance(row, Tracked) and row.due_day > 28:
            raise WorkFault(f"{name} {number}: due_day is {row.due_day}; write a day that each month has.")
        for other in rows:
            if other.program == row.program and _overlap(other, row):
                raise WorkFault(f"{name} {number}: another row of {row.program} holds on the same day.")
        rows.append(row)
    return tuple(rows)


def _overlap(one: Held, other: Held) -> bool:
    first = max(one.valid_from, other.valid_from)
    return all(row.valid_to is None or first <= row.valid_to for row in (one, other))


@lru_cache(maxsize=1)
def program_work() -> ProgramWork:
    """The rows of this installation."""
    return read_work(_FILE.read_text(encoding="utf-8"))


def _on(rows: tuple[Kind, ...], program: str, day: date) -> Kind | None:
    return next(
        (
            row
            for row in rows
            if row.program == program
            and row.valid_from <= day
            and (row.valid_to is None or day <= row.valid_to)
        ),
        None,
    )


def class_day(program: str, day: date) -> ClassDay | None:
    """What a class of the program asks for on a day; ``None`` where it is no class with a parent."""
    return _on(program_work().class_days, program, day)


def tracking(program: str, day: date) -> Tracked | None:
    """How a program that somebody started on a day is tracked; ``None`` where it is not."""
    return _on(program_work().tracked, program, day)


def service_goal(program: str, day: date) -> ServiceGoal | None:
    """The hours of service of a school year that begins on a day; ``None`` where nobody has said."""
    return _on(program_work().service_goals, program, day)
