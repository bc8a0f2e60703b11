"""A form as its XML says it, its expressions still as text: nothing is resolved but paths and wordings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

FACETS = ("relevant", "count", "items", "calculate", "readonly", "required", "constraint")
"""What is computed of a node, in the order in which one node's are evaluated."""


@dataclass(frozen=True)
class Source:
    """An expression as it was written, and where: ``/data/x (constraint)``."""

    text: str
    where: str


@dataclass
class Wording:
    """What is said in one language: text with expressions in it, and media by kind (image, audio, …)."""

    parts: list[str | Source] = field(default_factory=list)
    media: dict[str, str] = field(default_factory=dict)


Text = dict[str, Wording]
"""Language → wording; ``""`` serves every language that is not named."""


@dataclass
class Element:
    """An element of an instance: text, or elements."""

    name: str
    content: str | list[Element] = ""
    attributes: dict[str, str] = field(default_factory=dict)
    namespace: str = ""

    @property
    def elements(self) -> list[Element]:
        """The elements in it; none where it holds text."""
        return self.content if isinstance(self.content, list) else []

    def everything(self) -> Iterator[Element]:
        """This element and all below it."""
        yield self
        for child in self.elements:
            yield from child.everything()


@dataclass
class NodeDefinition:
    """One element of the primary instance; a repeat is one node for all its instances."""

    path: str
    name: str
    parent: int | None
    kind: str
    namespace: str = ""
    type: str = "string"
    template: Element | None = None
    facets: dict[str, Source] = field(default_factory=dict)
    constraint_message: Text = field(default_factory=dict)
    required_message: Text = field(default_factory=dict)
    preload: tuple[str, str] | None = None


@dataclass
class Item:
    """One choice that is written out."""

    value: str
    label: Text


@dataclass
class Itemset:
    """Choices that come from nodes."""

    nodeset: Source
    value: Source
    label: Text


@dataclass
class Control:
    """A question or a group as it is shown."""

    kind: str
    node: int | None = None
    label: Text = field(default_factory=dict)
    hint: Text = field(default_factory=dict)
    guidance: Text = field(default_factory=dict)
    appearance: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    itemset: Itemset | None = None
    children: list[Control] = field(default_factory=list)

    def everything(self) -> Iterator[Control]:
        """This control and all below it, in the order in which they are shown."""
        yield self
        for child in self.children:
            yield from child.everything()


@dataclass
class Action:
    """A value that is set once, at an event."""

    event: str
    node: int
    value: Source
    source: int | None = None


@dataclass
class Definition:
    """A whole form. ``languages`` has the default one first."""

    id: str
    version: str
    title: str
    languages: list[str]
    nodes: list[NodeDefinition]
    blank: Element
    instances: dict[str, Element]
    external: dict[str, str]
    texts: dict[str, Text]
    body: list[Control]
    actions: list[Action]
    notices: list[tuple[str, str, str]] = field(default_factory=list)
    """(code, where, text) of what was left out when it was read."""

    def node_at(self, path: str) -> int | None:
        """The number of the node at a path without positions."""
        return next((number for number, node in enumerate(self.nodes) if node.path == path), None)

    def controls(self) -> Iterator[Control]:
        """All controls in the order in which they are shown."""
        for control in self.body:
            yield from control.everything()
