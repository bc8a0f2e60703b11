"""What is said to a person, in the session's language: labels, hints, messages, names of choices."""

from __future__ import annotations

from typing import Any, Protocol

from .environment import Asked, Environment
from .programs import Program
from .tree import Instance


class Speaking(Asked, Protocol):
    """A session as it is asked for words: it has the whole program."""

    @property
    def program(self) -> Program: ...


def language_of(session: Speaking) -> str:
    """The session's language, or the form's first."""
    languages: list[str] = session.program.form.get("languages", [""])
    return session.sources.language if session.sources.language in languages else languages[0]


def say(session: Speaking, key: str, text: dict[str, Any], node: Any) -> str:
    """A text in the session's language with its expressions evaluated; ``key`` tells texts apart."""
    language = language_of(session)
    wording = text.get(language, text.get("", ""))
    context = node.node if isinstance(node, Instance) else None
    pieces = session.program.pieces((key, language, -1 if context is None else context), wording, context)
    env = Environment(session, node)
    return "".join(piece if isinstance(piece, str) else piece(node, env) for piece in pieces)


def choice_label(session: Speaking, instance: Any, value: str) -> str:
    """The label of the choice ``value`` of a node; ``""`` where it is none."""
    program = session.program
    if not isinstance(instance, Instance) or "control" not in program.layout.nodes[instance.node]:
        return ""
    number = program.layout.nodes[instance.node]["control"]
    control = program.controls[number]
    itemset = control.get("itemset")
    if itemset is None:
        for place, item in enumerate(control.get("items", [])):
            if item["value"] == value:
                return say(session, f"item {number} {place}", item.get("label", {}), instance) or value
        return ""
    facet = program.facets[program.facet_at[instance.node, "items"]]
    env = Environment(session, instance)
    for node in facet.evaluate(instance, env):
        if facet.value is not None and facet.value(node, env) == value:
            return say(session, f"itemset {number}", itemset.get("label", {}), node) or value
    return ""
