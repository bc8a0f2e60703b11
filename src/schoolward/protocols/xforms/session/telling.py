"""What a filled form says, as question and answer in the order in which it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .filling import Session
from .tree import Instance
from .wording import choice_label, say

_ASKED = frozenset(("input", "secret", "select1", "select", "rank", "range", "trigger", "upload"))
_CHOICES = frozenset(("select1", "select", "rank"))


@dataclass(frozen=True)
class Told:
    """One answer. ``headings`` are the groups around it, outermost first; ``path`` has positions.

    ``answer`` is in words, ``value`` as it is stored; ``is_file`` where that names a file.
    """

    path: str
    headings: tuple[str, ...]
    question: str
    answer: str
    value: str
    is_file: bool


def answers_told(session: Session) -> Iterator[Told]:
    """Every answer that was given to a question that is shown; what is computed is none."""
    return (one for one in _told(session) if one.value)


def questions_told(session: Session) -> Iterator[Told]:
    """Every question that is shown in the form's order, also where it is not relevant or not answered."""
    return _told(session, all_of_them=True)


@dataclass(frozen=True)
class Fault:
    """A question that keeps a form from being finished. ``message`` is the form's own, or empty."""

    path: str
    headings: tuple[str, ...]
    question: str
    is_missing: bool
    message: str


def faults_told(session: Session) -> Iterator[Fault]:
    """Every question that is asked and whose answer is required and missing, or not allowed."""
    for one in _told(session):
        instance = session.find(one.path)
        if session.is_valid(instance):
            continue
        kind = "constraint_message" if instance.value else "required_message"
        text = session.program.layout.nodes[instance.node].get(kind)
        message = _said(session, f"{kind} {instance.node}", text, instance)
        yield Fault(one.path, one.headings, one.question, not instance.value, message)


def _told(session: Session, *, all_of_them: bool = False) -> Iterator[Told]:
    for number in session.program.form.get("body", []):
        yield from _of(session, number, session.root, (), all_of_them)


def _of(
    session: Session, number: int, around: Instance, headings: tuple[str, ...], all_of_them: bool
) -> Iterator[Told]:
    control = session.program.controls[number]
    kind, node = control["kind"], control.get("node")
    if kind in _ASKED:
        yield from _answer(
            session, number, control, _placed(session, around, control["node"]), headings, all_of_them
        )
        return
    if kind == "repeat":
        yield from _repeated(session, control, around, headings, all_of_them)
        return
    # A group around a repeat is bound to the repeat's own node: it is as relevant as what is around it.
    is_own = node is not None and session.program.layout.kinds[node] != "repeat"
    context = _placed(session, around, control["node"]) if is_own else around
    if not context.live and not all_of_them:
        return
    heading = _said(session, f"heading {number}", control.get("label"), context)
    inside = (*headings, heading) if heading else headings
    for child in control.get("children", []):
        yield from _of(session, child, around, inside, all_of_them)


def _repeated(
    session: Session,
    control: dict[str, Any],
    around: Instance,
    headings: tuple[str, ...],
    all_of_them: bool,
) -> Iterator[Told]:
    layout, node = session.program.layout, control["node"]
    above = _placed(session, around, layout.parents[node])
    kids = above.kids[node]
    for place, each in enumerate(kids if isinstance(kids, list) else [], start=1):
        if not each.live and not all_of_them:
            continue
        label = _said(session, f"heading of {node}", control.get("label"), each)
        name = label or (headings[-1] if headings else layout.names[node])
        outside = headings if label else headings[:-1]
        for child in control.get("children", []):
            yield from _of(session, child, each, (*outside, f"{name} {place}"), all_of_them)


def _answer(
    session: Session,
    number: int,
    control: dict[str, Any],
    instance: Instance,
    headings: tuple[str, ...],
    all_of_them: bool,
) -> Iterator[Told]:
    kind = control["kind"]
    is_told_only = instance.readonly or (instance.node, "calculate") in session.program.facet_at
    if is_told_only or not (instance.live or all_of_them):
        return
    answer = instance.value
    if kind in _CHOICES and answer:
        chosen = [answer] if kind == "select1" else answer.split()
        answer = ", ".join(choice_label(session, instance, value) or value for value in chosen)
    path = session.path(instance)
    question = _said(session, f"question {number}", control.get("label"), instance)
    name = session.program.layout.names[instance.node]
    yield Told(path, headings, question or name, answer, instance.value, kind == "upload")


def _placed(session: Session, around: Instance, node: int) -> Instance:
    """The instance of a node in the repeat instance (or root) that it lies in."""
    found = around
    for number in session.program.layout.chain(around.node, node):
        kid = found.kids[number]
        found = kid[0] if isinstance(kid, list) else kid
    return found


def _said(session: Session, key: str, text: dict[str, Any] | None, node: Instance) -> str:
    return " ".join(say(session, key, text, node).split()) if text else ""
