"""Steps of a filling session: set, add, remove; replayed from plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .filling import Session
from .numbers import number_text
from .steps import StepRefused


def replay(session: Session, steps: Iterable[Any]) -> None:
    """Do steps in order. Raises :class:`StepRefused`, which then names the step by its number from 1."""
    for number, step in enumerate(steps, start=1):
        try:
            _do(session, step)
        except StepRefused as refused:
            raise StepRefused(f"Step {number}: {refused}") from None


def _do(session: Session, step: Any) -> None:
    if not isinstance(step, Mapping):
        raise StepRefused('it is no object such as {"set": "/data/x", "value": "1"}.')
    kinds = [kind for kind in ("set", "add", "remove") if kind in step]
    if len(kinds) != 1 or not isinstance(step[kinds[0]], str):
        raise StepRefused('it needs one of "set", "add" and "remove" with a path.')
    kind, path = kinds[0], step[kinds[0]]
    unknown = sorted(set(step) - {kind, "value"})
    if unknown or (kind != "set" and "value" in step):
        raise StepRefused(f"it has a key that {kind} does not take: {(unknown or ['value'])[0]}.")
    if kind == "set":
        if "value" not in step:
            raise StepRefused('"set" needs a "value"; null empties the question.')
        session.set(path, value_text(step["value"]))
    elif kind == "add":
        session.add(path)
    else:
        session.remove(path)


def value_text(value: Any) -> str:
    """A JSON value as the text that is stored: lists are joined by blanks, ``null`` is empty."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(float(value)) if isinstance(value, float) else str(value)
    if isinstance(value, list) and all(isinstance(each, str | int) for each in value):
        return " ".join(map(str, value))
    raise StepRefused("its value is no text, number, true, false, null or list of these.")
