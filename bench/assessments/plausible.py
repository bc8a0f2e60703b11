"""Plausible steps of somebody who fills a form: answers that fit the question, repeats that come and go."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from schoolward.protocols.xforms.session import Session
from schoolward.protocols.xforms.session.tree import Instance

_WORDS = ("yes", "no", "a", "other", "Door 3", "north gate", "12", "2024-05-01", "é", "")
_ASKED = frozenset(("input", "secret", "select1", "select", "rank", "range", "trigger"))
_FIRST_DAY = date(2020, 1, 1)


def plausible_steps(session: Session, chance: random.Random, number: int) -> Iterator[dict[str, Any]]:
    """Steps on a session that the caller brings up to date between them."""
    for _ in range(number):
        step = _step(session, chance)
        if step is not None:
            yield step


def _step(session: Session, chance: random.Random) -> dict[str, Any] | None:
    program = session.program
    repeats = [
        (instance, number)
        for instance in session.root.everything()
        for number, kid in instance.kids.items()
        if isinstance(kid, list) and instance.live and (number, "count") not in program.facet_at
    ]
    if repeats and chance.random() < 0.15:
        parent, number = chance.choice(repeats)
        path = f"{session.path(parent)}/{program.layout.names[number]}"
        kid = parent.kids[number]
        there = len(kid) if isinstance(kid, list) else 0
        if there and chance.random() < 0.4:
            return {"remove": f"{path}[{chance.randint(1, there)}]"}
        return {"add": path}
    questions = [instance for instance in session.values() if _is_asked(session, instance)]
    if not questions:
        return None
    instance = chance.choice(questions)
    return {"set": session.path(instance), "value": _answer(session, instance, chance)}


def _is_asked(session: Session, instance: Instance) -> bool:
    node = session.program.layout.nodes[instance.node]
    if (
        "control" not in node
        or not instance.live
        or session.program.controls[node["control"]]["kind"] not in _ASKED
    ):
        return False
    above: Instance | None = instance
    while above is not None:
        if above.readonly:
            return False
        above = above.parent
    return True


def _answer(session: Session, instance: Instance, chance: random.Random) -> str:
    node = session.program.layout.nodes[instance.node]
    control = session.program.controls[node["control"]]
    if control["kind"] == "trigger":
        return chance.choice(("OK", ""))
    if control["kind"] == "range":
        attributes = control["attributes"]
        low, high, step = (float(attributes[key]) for key in ("start", "end", "step"))
        value = low + step * chance.randint(0, int(abs(high - low) / abs(step))) * (1 if high > low else -1)
        return str(int(value)) if node.get("type") == "int" else str(value)
    choice = session.program.choices[instance.node]
    if choice:
        items = instance.items or []
        if not items or chance.random() < 0.1:
            return ""
        if choice == "one":
            return chance.choice(items)
        if choice == "rank":
            return " ".join(chance.sample(items, len(items)))
        return " ".join(chance.sample(items, chance.randint(1, len(items))))
    return _typed(node.get("type", "string"), chance)


def _typed(kind: str, chance: random.Random) -> str:
    if chance.random() < 0.1:
        return ""
    day = (_FIRST_DAY + timedelta(days=chance.randint(0, 2500))).isoformat()
    clock = f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:00.000+00:00"
    point = f"{chance.uniform(-80, 80):.4f} {chance.uniform(-170, 170):.4f} 0 0"
    return {
        "int": str(chance.randint(-5, 120)),
        "decimal": str(round(chance.uniform(-10, 200), chance.randint(0, 3))),
        "date": day,
        "time": clock,
        "dateTime": f"{day}T{clock}",
        "geopoint": point,
        "geotrace": f"{point}; 10.5 20.25 0 0",
        "geoshape": f"{point}; 10.5 20.25 0 0; 11 21 0 0; {point}",
    }.get(kind, chance.choice(_WORDS))
