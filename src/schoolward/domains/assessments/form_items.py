"""An instrument from a form (XLSForm or XForm): its choices of one among whole numbers are the items.

Whatever else a form asks, repeats too, stays a question of the form: it is asked in the walk and kept with
the filled form, and is not rated. What a form has no column for stands in attributes: in the settings sheet
``attribute::kind``, ``attribute::valid_from``, ``attribute::valid_to`` and ``attribute::credit``, in the
survey sheet ``instance::fails_at``, ``instance::severity``, ``instance::trade``,
``instance::recommendation``, ``instance::estimate_cents`` and ``instance::weight``. The choices ``dne`` and
``uto`` are the two marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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
from schoolward.protocols.xforms.loading import LoadedForm, load_form
from schoolward.protocols.xforms.problems import FormRefused

_OF_RATINGS = frozenset({"fails_at", "severity", "trade", "recommendation", "estimate_cents", "weight"})
_MARKS = frozenset(mark.value for mark in Mark)
LONGEST_CODE = 64
_NO_KEY = re.compile(r"[^a-z0-9-]+")


@dataclass(frozen=True)
class RatedForm:
    """The instrument in a form, and by the code of each item the path of its question."""

    instrument: Instrument
    paths: Mapping[str, str]


def instrument_of_form(content: bytes, *, name: str, valid_from: date) -> Instrument:
    """Read an instrument from a form; ``valid_from`` holds where the form does not say it.

    Raises ``InstrumentProblem``, which names the place, for a form that cannot be read, and for a question
    that is said to be rated but cannot be.
    """
    try:
        loaded = load_form(content, name)
    except FormRefused as refusal:
        raise InstrumentProblem(f"{name}: {refusal}") from None
    return read_rated(loaded, name=name, valid_from=valid_from).instrument


def read_rated(loaded: LoadedForm, *, name: str, valid_from: date) -> RatedForm:
    """Find what is rated in a form that was read. Raises ``InstrumentProblem`` with place and mend."""
    try:
        return _Reader(loaded.definition, valid_from).read()
    except InstrumentProblem as problem:
        raise InstrumentProblem(f"{name}: {problem}") from None


@dataclass
class _Reader:
    """Gathers sections, scales and items in the order in which the form asks them."""

    form: Definition
    valid_from: date

    def __post_init__(self) -> None:
        self.scales: dict[tuple[tuple[str, str], ...], Scale] = {}
        self.sections: list[Section] = []
        self.items: list[Item] = []
        self.paths: dict[str, str] = {}
        self.attributes = dict(_attributes(self.form.blank, ""))

    def read(self) -> RatedForm:
        """The whole instrument."""
        top = self.form.blank.attributes
        for control in self.form.body:
            self._read(control, "", "")
        begun, ended = _day(top, "valid_from") or self.valid_from, _day(top, "valid_to")
        if ended is not None and ended < begun:
            _refuse("settings", f"has {ended} as valid_to, before {begun}; let it end later.")
        instrument = Instrument(
            key=_key(self.form.id),
            version=(self.form.version or "1")[:64],
            title=(self.form.title or self.form.id)[:200],
            kind=_one_of(top, "kind", KINDS, "settings", "other"),
            valid_from=begun,
            valid_to=ended,
            credit=top.get("credit", ""),
            scales=tuple(self.scales.values()),
            sections=tuple(self.sections),
            items=tuple(self.items),
        )
        return RatedForm(instrument, self.paths)

    def _read(self, control: Control, section: str, title: str) -> None:
        if control.kind == "repeat":
            self._unrated(control)
            return
        if control.children:
            heading = _said(control.label) or title
            key = f"part{len(self.sections) + 1}" if heading != title else section
            if key != section:
                self.sections.append(Section(key, heading or key))
            for child in control.children:
                self._read(child, key, heading)
        elif control.node is not None:
            self._item(control, section)

    def _unrated(self, control: Control) -> None:
        """What is asked several times is not rated; that it should be is refused."""
        for one in control.everything():
            path = self.form.nodes[one.node].path if one.node is not None else ""
            if self.attributes.get(path, {}).keys() & _OF_RATINGS:
                _refuse(path, "is said to be rated, but lies in a repeat; ask what is rated once.")

    def _item(self, control: Control, section: str) -> None:
        node = self.form.nodes[control.node or 0]
        where = node.path
        own = self.attributes.get(where, {})
        reason = self._unfit(control)
        if reason:
            if own.keys() & _OF_RATINGS:
                _refuse(where, f"is said to be rated, but {reason}")
            return
        if where in self.paths.values():
            return
        if not section:
            section = "walk"
            if not any(one.key == section for one in self.sections):
                self.sections.append(Section(section, self.form.title or "The walk"))
        scale = self._scale(self._offered(control))
        fails_at = _number(own, "fails_at", where)
        if fails_at is not None and (fails_at >= scale.highest or not scale.allows(fails_at)):
            _refuse(where, f"has fails_at {fails_at}, which is not below the best of its choices.")
        empty = None if fails_at is not None else ""
        weight = own.get("weight", "1")
        if not (weight.isascii() and weight.replace(".", "", 1).isdigit()):
            _refuse(where, f"has the weight “{weight[:20]}”; write a number, 0 or more.")
        code = self._code(node.name, where)
        self.paths[code] = where
        self.items.append(
            Item(
                code=code,
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

    def _code(self, name: str, where: str) -> str:
        """The name of the question; where two share it, its path from the group before it."""
        found = name[:LONGEST_CODE]
        if found not in self.paths:
            return found
        longer = where.strip("/").partition("/")[2].replace("/", ".")[-LONGEST_CODE:]
        if longer in self.paths:
            _refuse(where, f"cannot be told from another; give it a name of at most {LONGEST_CODE} signs.")
        return longer

    def _unfit(self, control: Control) -> str:
        """Why a question cannot be rated, with the mend; empty where it can."""
        node = self.form.nodes[control.node or 0]
        if node.facets.keys() & {"readonly", "calculate"}:
            return "is computed; rate what is answered."
        if control.kind != "select1":
            return "is no choice of one; write select_one with a list of numbers."
        offered = self._offered(control)
        if not offered:
            return "offers no choices of its own, or filters them; offer the same choices always."
        rated = [value for value, _ in offered if value not in _MARKS]
        if len(rated) < 2 or not all(
            value.isascii() and value.isdigit() and len(value) < 5 for value in rated
        ):
            return "offers choices that are no whole numbers; name them 0, 1, 2 …, dne and uto."
        if len(set(rated)) < len(rated):
            return "offers a choice twice; name each choice once."
        return ""

    def _scale(self, offered: tuple[tuple[str, str], ...]) -> Scale:
        if offered not in self.scales:
            named = {value for value, _ in offered}
            self.scales[offered] = Scale(
                f"scale{len(self.scales) + 1}",
                tuple(Choice(int(value), label) for value, label in offered if value not in _MARKS),
                Mark.DOES_NOT_EXIST.value in named,
                Mark.UNOBSERVED.value in named,
            )
        return self.scales[offered]

    def _offered(self, control: Control) -> tuple[tuple[str, str], ...]:
        """Values and labels of the choices; none where they are filtered, or come from answers or a file."""
        if control.itemset is None:
            return tuple((one.value, _said(one.label) or one.value) for one in control.items)
        source = control.itemset.nodeset.text
        name = source.split("'")[1] if source.startswith("instance('") else ""
        if name not in self.form.instances or "[" in source:
            return ()
        return tuple(self._choice(one) for one in self.form.instances[name].elements)

    def _choice(self, element: Element) -> tuple[str, str]:
        cells = {one.name: one.content for one in element.elements if isinstance(one.content, str)}
        label = cells.get("label") or _said(self.form.texts.get(cells.get("itextId", ""), {}))
        return cells.get("name", ""), label or cells.get("name", "")


def _attributes(element: Element, around: str) -> list[tuple[str, dict[str, str]]]:
    """The attributes of every element by its path."""
    path = f"{around}/{element.name}"
    found = [(path, element.attributes)] if element.attributes else []
    return found + [pair for one in element.elements for pair in _attributes(one, path)]


def _key(form_id: str) -> str:
    """The form's id as a key: letters, digits, _ and -, as addresses have them."""
    found = _NO_KEY.sub("-", form_id.replace("_", "-").lower()).strip("-")[:64]
    if not found:
        _refuse("settings", f"has “{form_id[:30]}” as form_id; write letters, digits and _.")
    return found


def _is_whole(value: str) -> bool:
    """Whether a choice can be a rating: a whole number of at most four digits."""
    return value.isascii() and value.isdigit() and len(value) < 5


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
