"""Texts, items and controls as JSON."""

from __future__ import annotations

from typing import Any

from schoolward.protocols.xforms.definition import Control, Element, Text, Wording

from .expressions import Expressions


def element_json(element: Element) -> list[Any]:
    """``[name, content]`` or ``[name, content, attributes]``."""
    content = element.content
    told: list[Any] = [
        element.name,
        [element_json(child) for child in content] if isinstance(content, list) else content,
    ]
    return [*told, element.attributes] if element.attributes else told


def expressions_in(text: dict[str, Any]) -> list[Any]:
    """The expressions within a text, of all its languages."""
    wordings = [wording for wording in text.values() if not isinstance(wording, str)]
    parts = [part for wording in wordings for part in wording.get("parts", ())]
    return [part["value"] for part in parts if not isinstance(part, str)]


class Shown:
    """Turns what is shown into JSON, with its expressions parsed."""

    def __init__(self, expressions: Expressions) -> None:
        self._expressions = expressions
        self.controls: list[dict[str, Any]] = []

    def text(self, text: Text) -> dict[str, Any]:
        """Language → wording."""
        return {language: self._wording(wording) for language, wording in text.items()}

    def _wording(self, wording: Wording) -> str | dict[str, Any]:
        parts = [
            part if isinstance(part, str) else {"value": self._expressions.of(part)} for part in wording.parts
        ]
        plain = "".join(part for part in parts if isinstance(part, str))
        if not wording.media and all(isinstance(part, str) for part in parts):
            return plain
        return {**({"parts": parts} if parts else {}), **wording.media}

    def add(self, control: Control) -> int:
        """Put a control and those below it into ``controls``; returns its number."""
        number = len(self.controls)
        told: dict[str, Any] = {}
        self.controls.append(told)
        told.update(
            kind=control.kind,
            node=control.node,
            label=self.text(control.label),
            hint=self.text(control.hint),
            guidance=self.text(control.guidance),
            appearance=control.appearance,
            attributes=control.attributes,
        )
        if control.itemset is not None:
            told["itemset"] = {
                "nodeset": self._expressions.of(control.itemset.nodeset),
                "value": self._expressions.of(control.itemset.value),
                "label": self.text(control.itemset.label),
            }
        elif control.kind in CHOICES:
            told["items"] = [{"value": item.value, "label": self.text(item.label)} for item in control.items]
        children = [self.add(child) for child in control.children]
        told["children"] = children
        for key in [key for key, value in told.items() if value in ("", None, {}, []) and key != "items"]:
            del told[key]
        return number


CHOICES = {"select1": "one", "select": "many", "rank": "rank"}
"""Kinds of control that offer choices, and how many may be chosen."""
