"""An instrument from a form (XLSForm or XForm): its choices of one among whole numbers are the items.

What a form has no column for stands in attributes: in the settings sheet ``attribute::kind`` and
``attribute::valid_from`` (and ``attribute::valid_to``, ``attribute::credit``), in the survey sheet
``instance::fails_at``, ``instance::severity``, ``instance::trade``, ``instance::recommendation``,
``instance::estimate_cents`` and ``instance::weight``. The choices ``dne`` and ``uto`` are the two marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from schoolward.analysis.assessing.instrument import InstrumentProblem
from schoolward.analysis.assessing.shapes import (
    BANDS,
    KINDS,
    SEVERITIES,
    TRADES,
    Choice,
    Instrument,
    Item,
    Mark,
    Scale,
    Section,
)
from schoolward.protocols.xforms.definition import Control, Definition, Element, Text
from schoolward.protocols.xforms.loading import load_form
from schoolward.protocols.xforms.problems import FormRefused

_SHOWN_ONLY = frozenset({"note", "trigger"})


def instrument_of_form(content: bytes, *, name: str) -> Instrument:
    """Read an instrument from a form.

    Raises ``InstrumentProblem``, which names the place, for a form that cannot be read, and for questions
    that a walk by taps cannot ask: repeats, free text, several choices, and choices that are no numbers.
    """
    try:
        loaded = load_form(content, name)
    except FormRefused as refusal:
        raise InstrumentProblem(f"{name}: {refusal}") from None
    try:
        return _Reader(loaded.definition).read()
    except InstrumentProblem as problem:
        raise InstrumentProblem(f"{name}: {problem}") from None


@dataclass
class _Reader:
    """Gathers sections, scales and items in the order in which the form asks them."""

    form: Definition

    def __post_init__(self) -> None:
        self.scales: dict[tuple[tuple[str, str], ...], Scale] = {}
        self.sections: list[Section] = []
        self.items: list[Item] = []
        self.attributes = {element.name: element.attributes for element in self.form.blank.everything()}

    def read(self) -> Instrument:
        """The whole instrument."""
        top = self.form.blank.attributes
        for control in self.form.body:
            self._read(control, "", "")
        if not self.items:
            _refuse("the form", "asks nothing that can be rated; add select_one questions with numbers.")
        begun = _day(top, "valid_from")
        if begun is None:
            _refuse("settings", "has no attribute::valid_from; write the day from which it holds.")
        return Instrument(
            key=self.form.id.replace("_", "-").lower()[:64],
            version=self.form.version or "1",
            title=self.form.title or self.form.id,
            kind=_one_of(top, "kind", KINDS, "settings", "other"),
            valid_from=begun,
            valid_to=_day(top, "valid_to"),
            credit=top.get("credit", ""),
            scales=tuple(self.scales.values()),
            sections=tuple(self.sections),
            items=tuple(self.items),
        )

    def _read(self, control: Control, section: str, title: str) -> None:
        if control.kind == "repeat":
            _refuse(_said(control.label) or "a repeat", "repeats; a walk asks each question once.")
        if control.children:
            heading = _said(control.label) or title
            key = f"part{len(self.sections) + 1}" if heading != title else section
            if key != section:
                self.sections.append(Section(key, heading or key))
            for child in control.children:
                self._read(child, key, heading)
        elif control.node is not None and control.kind not in _SHOWN_ONLY:
            self._item(control, section)

    def _item(self, control: Control, section: str) -> None:
        node = self.form.nodes[control.node or 0]
        where = node.path
        if node.facets.keys() & {"readonly", "calculate"}:
            return
        if control.kind != "select1":
            _refuse(where, "is no choice of one; write select_one with a list of numbers.")
        if not section:
            section = "walk"
            if not any(one.key == section for one in self.sections):
                self.sections.append(Section(section, self.form.title or "The walk"))
        scale = self._scale(control, where)
        own = self.attributes.get(node.name, {})
        fails_at = _number(own, "fails_at", where)
        if fails_at is not None and (fails_at >= scale.highest or not scale.allows(fails_at)):
            _refuse(where, f"has fails_at {fails_at}, which is not below the best of its choices.")
        empty = None if fails_at is not None else ""
        weight = own.get("weight", "1")
        if not weight.replace(".", "", 1).isdigit():
            _refuse(where, f"has the weight “{weight[:20]}”; write a number, 0 or more.")
        self.items.append(
            Item(
                code=node.name,
                text=_said(control.label) or node.name,
                area="",
                principle="",
                layer="",
                bands=frozenset(BANDS),
                scale=scale.key,
                weight=float(weight),
                fails_at=fails_at,
                severity=_one_of(own, "severity", SEVERITIES, where, empty),
                trade=_one_of(own, "trade", TRADES, where, empty),
                estimate_cents=_number(own, "estimate_cents", where),
                recommendation=own.get("recommendation", ""),
                help=_said(control.hint),
                section=section,
            )
        )

    def _scale(self, control: Control, where: str) -> Scale:
        offered = tuple((one.value, _said(one.label) or one.value) for one in control.items)
        offered = offered or self._listed(control, where)
        if offered not in self.scales:
            marks = {mark.value for mark in Mark}
            rated = [(value, label) for value, label in offered if value not in marks]
            if len(rated) < 2 or not all(value.isascii() and value.isdigit() for value, _ in rated):
                _refuse(where, "offers choices that are no whole numbers; name them 0, 1, 2 …, dne and uto.")
            named = {value for value, _ in offered}
            self.scales[offered] = Scale(
                f"scale{len(self.scales) + 1}",
                tuple(Choice(int(value), label) for value, label in rated),
                Mark.DOES_NOT_EXIST.value in named,
                Mark.UNOBSERVED.value in named,
            )
        return self.scales[offered]

    def _listed(self, control: Control, where: str) -> tuple[tuple[str, str], ...]:
        """The choices of a list that stands apart, as XLSForms have them."""
        if control.itemset is None:
            _refuse(where, "offers no choices.")
        source = control.itemset.nodeset.text
        name = source.split("'")[1] if source.startswith("instance('") else ""
        if name not in self.form.instances or "[" in source:
            _refuse(where, "filters its choices; a walk offers the same choices always.")
        return tuple(self._choice(one) for one in self.form.instances[name].elements)

    def _choice(self, element: Element) -> tuple[str, str]:
        cells = {one.name: one.content for one in element.elements if isinstance(one.content, str)}
        label = cells.get("label") or _said(self.form.texts.get(cells.get("itextId", ""), {}))
        return cells.get("name", ""), label or cells.get("name", "")


def _said(text: Text) -> str:
    """The words in the form's first language, without expressions."""
    for wording in text.values():
        return " ".join("".join(part for part in wording.parts if isinstance(part, str)).split())
    return ""


def _refuse(where: str, says: str) -> NoReturn:
    raise InstrumentProblem(f"{where} {says}")


def _day(cells: dict[str, str], name: str) -> date | None:
    if not cells.get(name):
        return None
    try:
        return date.fromisoformat(cells[name][:10])
    except ValueError:
        _refuse("settings", f"has “{cells[name][:30]}” as {name}; write a day as 2012-09-06.")


def _number(cells: dict[str, str], name: str, where: str) -> int | None:
    found = cells.get(name, "").removesuffix(".0")
    if not found:
        return None
    if not (found.isascii() and found.isdigit() and len(found) < 12):
        _refuse(where, f"has “{found[:20]}” as {name}; write a whole number.")
    return int(found)


def _one_of(cells: dict[str, str], name: str, known: tuple[str, ...], where: str, default: str | None) -> str:
    found = cells.get(name, "") or default
    if found is None or (found not in known and found != default):
        _refuse(where, f"has “{found or ''}” as {name}; write one of {', '.join(known)}.")
    return found
