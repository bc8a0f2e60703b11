"""The primary instance as nodes, and the secondary ones as trees."""

from __future__ import annotations

from xml.etree.ElementTree import Element as XmlElement

from schoolward.protocols.xforms.definition import Element, NodeDefinition

from .markup import JAVAROSA, XFORMS, attribute, name_of, namespace_of

_TEMPLATE = f"{{{JAVAROSA}}}template"


def tree(element: XmlElement, *, with_templates: bool = False) -> Element:
    """An XML element as our own; templates of repeats are left out."""
    below = [child for child in element if isinstance(child.tag, str)]
    kept = [child for child in below if with_templates or _TEMPLATE not in child.attrib]
    attributes = {
        str(name).rpartition("}")[2]: value for name, value in element.attrib.items() if name != _TEMPLATE
    }
    namespace = namespace_of(element)
    return Element(
        name=name_of(element),
        content=[tree(child, with_templates=with_templates) for child in kept]
        if below
        else element.text or "",
        attributes=attributes,
        namespace="" if namespace == XFORMS else namespace,
    )


class PrimaryInstance:
    """Walks the primary instance, with the paths that the body says are repeats and groups."""

    def __init__(self, root: XmlElement, repeats: set[str], groups: set[str]) -> None:
        self.nodes: list[NodeDefinition] = []
        self.notices: list[tuple[str, str, str]] = []
        self._repeats = repeats
        self._groups = groups
        self.blank = tree(root)
        self._walk(root, None)
        self._drop_doubles(self.blank, f"/{self.blank.name}")

    def _walk(self, element: XmlElement, parent: int | None) -> None:
        name = name_of(element)
        path = f"{'' if parent is None else self.nodes[parent].path}/{name}"
        below = [child for child in element if isinstance(child.tag, str)]
        is_repeat = path in self._repeats
        kind = "repeat" if is_repeat else "group" if below or path in self._groups else "value"
        namespace = namespace_of(element)
        number = len(self.nodes)
        self.nodes.append(
            NodeDefinition(
                path=path,
                name=name,
                parent=parent,
                kind=kind,
                namespace="" if namespace == XFORMS else namespace,
                template=tree(element) if is_repeat else None,
            )
        )
        for models in _by_name(below).values():
            model = next((each for each in models if _TEMPLATE in each.attrib), models[0])
            self._walk(model, number)

    def _drop_doubles(self, element: Element, path: str) -> None:
        """Only a repeat may come more than once; of others the first counts."""
        seen: set[str] = set()
        kept = []
        for child in element.elements:
            below = f"{path}/{child.name}"
            if child.name in seen and below not in self._repeats:
                self.notices.append(
                    (
                        "double",
                        below,
                        "The element is there more than once, and is no repeat; the first counts.",
                    )
                )
                continue
            seen.add(child.name)
            kept.append(child)
            self._drop_doubles(child, below)
        if isinstance(element.content, list):
            element.content = kept


def _by_name(elements: list[XmlElement]) -> dict[str, list[XmlElement]]:
    grouped: dict[str, list[XmlElement]] = {}
    for element in elements:
        grouped.setdefault(name_of(element), []).append(element)
    return grouped


def secondary(elements: list[XmlElement]) -> tuple[dict[str, Element], dict[str, str]]:
    """All instances after the first: (id → root, id → address of a file)."""
    inside: dict[str, Element] = {}
    outside: dict[str, str] = {}
    for number, element in enumerate(elements, start=2):
        identifier = attribute(element, "id") or f"instance {number}"
        address = attribute(element, "src")
        if address:
            outside[identifier] = address
        elif len(element):
            inside[identifier] = tree(element[0], with_templates=True)
    return inside, outside
