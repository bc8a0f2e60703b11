"""The body: which questions and groups are shown, in what order, with what choices."""

from __future__ import annotations

import difflib
from xml.etree.ElementTree import Element as XmlElement

from schoolward.protocols.xforms.definition import Control, Item, Itemset, Source
from schoolward.protocols.xforms.external_choices import itemset_of, list_asked
from schoolward.protocols.xforms.problems import FormProblem

from .markup import JAVAROSA, attribute, child, name_of, plain_path
from .texts import Texts

_QUESTIONS = frozenset(("input", "secret", "select1", "select", "rank", "range", "trigger", "upload"))
_OWN = frozenset(("ref", "nodeset", "bind", "appearance", "class", "query"))
ACTIONS = frozenset(("setvalue", "setgeopoint", "recordaudio"))


def bound_path(element: XmlElement, around: str, bind_ids: dict[str, str]) -> str:
    """The path that a control is bound to, ``""`` where it is bound to none."""
    bind = attribute(element, "bind")
    if bind:
        return bind_ids.get(bind, "")
    written = attribute(element, "nodeset") or attribute(element, "ref")
    if not written:
        return ""
    path = plain_path(written)
    return path if path.startswith("/") else f"{around}/{path.removeprefix('./')}"


class Body:
    """Reads controls; gathers problems, the actions in controls, and lists of choices that are kept apart."""

    def __init__(self, texts: Texts, paths: dict[str, int], bind_ids: dict[str, str]) -> None:
        self._texts = texts
        self._paths = paths
        self._bind_ids = bind_ids
        self.problems: list[FormProblem] = []
        self.counts: dict[int, Source] = {}
        self.actions: list[tuple[XmlElement, int | None]] = []
        self.lists: set[str] = set()

    def controls(self, element: XmlElement, around: str = "") -> list[Control]:
        """The controls that stand directly in an element."""
        found = []
        for inner in element:
            name = name_of(inner) if isinstance(inner.tag, str) else ""
            if name in _QUESTIONS or name in ("group", "repeat"):
                found.append(self._control(inner, name, around))
            elif name in ACTIONS:
                self.actions.append((inner, self._paths.get(around)))
        return found

    def _control(self, element: XmlElement, name: str, around: str) -> Control:
        path = bound_path(element, around, self._bind_ids)
        node = self._paths.get(path)
        if node is None and (path or name != "group"):
            self._missing(name, path)
        hint = child(element, "hint")
        control = Control(
            kind=name,
            node=node,
            label=self._texts.of(child(element, "label"), f"{path or name} (label)"),
            hint=self._texts.of(hint, f"{path} (hint)"),
            guidance=self._texts.guidance(hint),
            appearance=(attribute(element, "appearance") or "").strip(),
            attributes={
                key.rpartition("}")[2]: value
                for key, value in element.attrib.items()
                if key not in _OWN and not key.startswith(f"{{{JAVAROSA}}}")
            },
            children=self.controls(element, path or around),
        )
        count = attribute(element, "count", JAVAROSA)
        if name == "repeat" and count and node is not None:
            self.counts[node] = Source(count, f"{path} (count)")
        if name in ("select1", "select", "rank"):
            self._choices(element, control, path)
        if name == "input" and (query := attribute(element, "query")):
            self._kept_apart(control, query, path)
        return control

    def _kept_apart(self, control: Control, query: str, path: str) -> None:
        """A question of one line that looks its choices up is a choice of one."""
        found = list_asked(query)
        if not found:
            mend = "Write instance('LIST')/root/item[column = /data/answer]."
            self.problems.append(FormProblem("The query names no list of choices.", f"{path} (query)", mend))
            return
        self.lists.add(found)
        control.kind = "select1"
        control.itemset = itemset_of(query, self._texts.languages, path)

    def _choices(self, element: XmlElement, control: Control, path: str) -> None:
        for inner in element:
            name = name_of(inner) if isinstance(inner.tag, str) else ""
            if name == "item":
                value = child(inner, "value")
                text = "" if value is None else "".join(value.itertext()).strip()
                label = self._texts.of(child(inner, "label"), f"{path} (choice {text})")
                control.items.append(Item(text, label))
            elif name == "itemset":
                control.itemset = self._itemset(inner, path)

    def _itemset(self, element: XmlElement, path: str) -> Itemset:
        value, label = child(element, "value"), child(element, "label")
        reference = "" if value is None else attribute(value, "ref") or ""
        if not reference:
            self.problems.append(
                FormProblem(
                    "The itemset does not say which value is stored.", path, "Add <value ref='name'/>."
                )
            )
        return Itemset(
            nodeset=Source(attribute(element, "nodeset") or "", f"{path} (itemset)"),
            value=Source(reference or ".", f"{path} (itemset value)"),
            label=self._texts.of(label, f"{path} (itemset label)"),
        )

    def _missing(self, name: str, path: str) -> None:
        near = difflib.get_close_matches(path, self._paths, 1)
        self.problems.append(
            FormProblem(
                f"The <{name}> is for {path}, which is not in the instance."
                if path
                else f"A <{name}> says no ref.",
                path,
                f"Did you mean {near[0]}?" if near else "Add the element, or take the control out.",
            )
        )


def structure(body: XmlElement, bind_ids: dict[str, str]) -> tuple[set[str], set[str]]:
    """The paths of (repeats, groups), before the nodes are known."""
    repeats: set[str] = set()
    groups: set[str] = set()

    def walk(element: XmlElement, around: str) -> None:
        for inner in element:
            name = name_of(inner) if isinstance(inner.tag, str) else ""
            if name not in ("group", "repeat"):
                continue
            path = bound_path(inner, around, bind_ids) or around
            (repeats if name == "repeat" else groups).add(path)
            walk(inner, path)

    walk(body, "")
    return repeats, groups - repeats
