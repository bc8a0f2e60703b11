"""Binds: types, expressions and messages of nodes."""

from __future__ import annotations

import difflib
from xml.etree.ElementTree import Element as XmlElement

from schoolward.protocols.xforms.definition import NodeDefinition, Source
from schoolward.protocols.xforms.problems import FormProblem

from .markup import JAVAROSA, attribute, children, plain_path
from .texts import Texts

_EXPRESSIONS = ("relevant", "calculate", "readonly", "required", "constraint")
_TYPES = frozenset(
    (
        *(
            "string",
            "int",
            "decimal",
            "boolean",
            "date",
            "time",
            "dateTime",
            "geopoint",
            "geotrace",
            "geoshape",
        ),
        *("binary", "barcode"),
    )
)
_ALIASES = {
    "integer": "int",
    "long": "int",
    "short": "int",
    "float": "decimal",
    "double": "decimal",
    "select": "string",
    "select1": "string",
    "rank": "string",
    "intent": "string",
    "text": "string",
}
_ALWAYS = {"true()": True, "false()": False}


def bind_ids(model: XmlElement) -> dict[str, str]:
    """The paths that binds have an id for."""
    return {
        identifier: plain_path(attribute(bind, "nodeset") or "")
        for bind in children(model, "bind")
        if (identifier := attribute(bind, "id"))
    }


class Binds:
    """Puts what binds say onto the nodes; gathers problems and notices."""

    def __init__(self, texts: Texts, nodes: list[NodeDefinition]) -> None:
        self._texts = texts
        self._nodes = {node.path: node for node in nodes}
        self.problems: list[FormProblem] = []
        self.notices: list[tuple[str, str, str]] = []

    def apply(self, model: XmlElement) -> None:
        """Read all binds of a model."""
        root = next(iter(self._nodes))
        for bind in children(model, "bind"):
            path = plain_path(attribute(bind, "nodeset") or "")
            if not path.startswith("/"):
                path = f"{root}/{path}"
            if "/@" in path:
                self.notices.append(("attribute", path, "Binds of attributes are kept, but not evaluated."))
            elif path in self._nodes:
                self._apply(bind, self._nodes[path])
            else:
                self._missing(path)

    def _apply(self, bind: XmlElement, node: NodeDefinition) -> None:
        if node.kind == "value":
            node.type = self._type(attribute(bind, "type"), node.path)
        for name in _EXPRESSIONS:
            text = attribute(bind, name)
            if text is None or not text.strip():
                continue
            # What is always so need not be computed.
            if name != "calculate" and _ALWAYS.get(text.strip()) is (name in ("relevant", "constraint")):
                continue
            node.facets[name] = Source(text, f"{node.path} ({name})")
        node.constraint_message = self._texts.message(
            attribute(bind, "constraintMsg", JAVAROSA), f"{node.path} (constraint message)"
        )
        node.required_message = self._texts.message(
            attribute(bind, "requiredMsg", JAVAROSA), f"{node.path} (required message)"
        )
        preload = attribute(bind, "preload", JAVAROSA)
        if preload:
            node.preload = (preload, attribute(bind, "preloadParams", JAVAROSA) or "")

    def _type(self, written: str | None, path: str) -> str:
        if not written:
            return ""
        name = written.strip().rpartition(":")[2]
        known = name if name in _TYPES else _ALIASES.get(name)
        if known is None:
            self.notices.append(("type", path, f"The type {written} is unknown; it is treated as text."))
        return known or "string"

    def _missing(self, path: str) -> None:
        near = difflib.get_close_matches(path, self._nodes, 1)
        self.problems.append(
            FormProblem(
                "A bind is for a node that is not in the instance.",
                path,
                f"Did you mean {near[0]}?"
                if near
                else "Add the element to the instance, or take the bind out.",
            )
        )
