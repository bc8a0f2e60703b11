"""An instrument from a form (XLSForm or XForm): its choices of one among whole numbers are the items.

Whatever else a form asks, repeats too, stays a question of the form: it is asked in the walk and kept with
the filled form, and is not rated. What a form has no column for stands in attributes: in the settings sheet
``attribute::kind``, ``attribute::valid_from``, ``attribute::valid_to``, ``attribute::credit`` and for each
term ``attribute::term_KEY`` with its words; in the survey sheet ``instance::fails_at``, ``severity``,
``trade``, ``recommendation``, ``estimate_cents`` and ``weight``, beside them ``area``, ``principle``,
``layer``, ``asset``, ``threat``, ``bands`` and ``code`` (where the name cannot be it), and of a group
``zones``. The choices ``dne`` and ``uto`` are the two marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolward.analysis.assessing.instrument import InstrumentProblem, factor_problem
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
from schoolward.domains.assessments.form_cells import (
    attributes_by_path,
    day,
    key_of,
    list_name,
    number,
    one_of,
    refuse,
    said,
    several,
)
from schoolward.protocols.xforms.definition import Control, Definition, Element
from schoolward.protocols.xforms.loading import LoadedForm, compile_loaded, load_form
from schoolward.protocols.xforms.problems import FormRefused

_OF_RATINGS = frozenset({"fails_at", "severity", "trade", "recommendation", "estimate_cents", "weight"})
_MARKS = frozenset(mark.value for mark in Mark)
_ASKING = frozenset(("input", "secret", "select1", "select", "rank", "range", "trigger", "upload"))
LONGEST_CODE = 64
_TERM = "term_"


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


def check_usable(content: bytes, *, name: str) -> None:
    """Whether a form can be filled: it asks something, and everything that it computes can be.

    Raises ``InstrumentProblem`` with every fault by its place. A form that is here already is not held
    against this: it was taken by the rules of its day.
    """
    try:
        loaded = load_form(content, name)
        compiled = compile_loaded(loaded)
    except FormRefused as refusal:
        raise InstrumentProblem(f"{name}: {refusal}") from None
    missing = [warning["where"] for warning in compiled["warnings"] if warning["code"] == "file"]
    if missing:
        told = (
            "reads {}. Bring in one ZIP file of the form and its files; or put the rows on the sheet choices."
        )
        raise InstrumentProblem(f"{name}: the form {told.format(', '.join(missing))}")
    circle = next((warning for warning in compiled["warnings"] if warning["code"] == "cycle"), None)
    if circle is not None:
        told = f"{circle['where']} is never settled. {circle['text']} Ask for one of them."
        raise InstrumentProblem(f"{name}: {_in_sheet(loaded, told)}")
    if not any(control.kind in _ASKING for control in loaded.definition.controls()):
        raise InstrumentProblem(f"{name}: survey: the form asks nothing. Add at least one question.")
    rated = read_rated(loaded, name=name, valid_from=date.min)
    for item in rated.instrument.items:
        if item.fails_at is not None and not item.recommendation.strip():
            told = f"{rated.paths[item.code]} can fail, and has no recommendation; say what is to do then."
            raise InstrumentProblem(f"{name}: {_in_sheet(loaded, told)}")


def read_rated(loaded: LoadedForm, *, name: str, valid_from: date) -> RatedForm:
    """Find what is rated in a form that was read. Raises ``InstrumentProblem`` with place and mend."""
    try:
        return _Reader(loaded.definition, valid_from).read()
    except InstrumentProblem as problem:
        raise InstrumentProblem(f"{name}: {_in_sheet(loaded, str(problem))}") from None


def _in_sheet(loaded: LoadedForm, told: str) -> str:
    """A fault that begins with a path, with its row in the sheet before it."""
    row = loaded.rows.get(told.partition(" ")[0].strip("/").partition("/")[2])
    return told if row is None else f"survey, row {row}, {told}"


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
        self.attributes = dict(attributes_by_path(self.form.blank, ""))
        top = self.form.blank.attributes
        self.terms = {key.removeprefix(_TERM): top[key] for key in top if key.startswith(_TERM)}

    def read(self) -> RatedForm:
        """The whole instrument."""
        top = self.form.blank.attributes
        for control in self.form.body:
            self._read(control, "", "")
        begun, ended = day(top, "valid_from") or self.valid_from, day(top, "valid_to")
        if ended is not None and ended < begun:
            refuse("settings", f"has {ended} as valid_to, before {begun}; let it end later.")
        instrument = Instrument(
            key=key_of(self.form.id),
            version=(self.form.version or "1")[:64],
            title=(self.form.title or self.form.id)[:200],
            kind=one_of(top, "kind", KINDS, "settings", "other"),
            valid_from=begun,
            valid_to=ended,
            credit=top.get("credit", ""),
            scales=tuple(self.scales.values()),
            sections=tuple(one for one in self.sections if any(one.key == i.section for i in self.items)),
            items=tuple(self.items),
            terms=self.terms,
        )
        problem = factor_problem(instrument)
        if problem is not None:
            refuse("the form", problem[1])
        return RatedForm(instrument, self.paths)

    def _read(self, control: Control, section: str, title: str) -> None:
        if control.kind == "repeat":
            self._unrated(control)
            return
        if control.children:
            heading = said(control.label) or title
            key = self._section_key(control) if heading != title else section
            if key != section:
                self.sections.append(Section(key, heading or key, self._zones(control)))
            for child in control.children:
                self._read(child, key, heading)
        elif control.node is not None:
            self._item(control, section)

    def _section_key(self, control: Control) -> str:
        """The name of the group, or its number where it has none of its own."""
        node = self.form.nodes[control.node] if control.node is not None else None
        is_free = node is not None and all(one.key != node.name for one in self.sections)
        if node is not None and node.kind == "group" and is_free:
            return node.name[:64]
        return f"part{len(self.sections) + 1}"

    def _zones(self, control: Control) -> tuple[str, ...]:
        path = self.form.nodes[control.node].path if control.node is not None else ""
        return several(self.attributes.get(path, {}), "zones", self.terms, path, ())

    def _term(self, own: dict[str, str], name: str, where: str) -> str:
        return one_of(own, name, tuple(self.terms), where, "")

    def _unrated(self, control: Control) -> None:
        """What is asked several times is not rated; that it should be is refused."""
        for one in control.everything():
            path = self.form.nodes[one.node].path if one.node is not None else ""
            if self.attributes.get(path, {}).keys() & _OF_RATINGS:
                refuse(path, "is said to be rated, but lies in a repeat; ask what is rated once.")

    def _item(self, control: Control, section: str) -> None:
        node = self.form.nodes[control.node or 0]
        where = node.path
        own = self.attributes.get(where, {})
        reason = self._unfit(control)
        if reason:
            if own.keys() & _OF_RATINGS:
                refuse(where, f"is said to be rated, but {reason}")
            return
        if where in self.paths.values():
            return
        if not section:
            section = "walk"
            if not any(one.key == section for one in self.sections):
                self.sections.append(Section(section, self.form.title or "The walk"))
        scale = self._scale(control)
        fails_at = number(own, "fails_at", where)
        if fails_at is not None and (fails_at >= scale.highest or not scale.allows(fails_at)):
            refuse(where, f"has fails_at {fails_at}, which is not below the best of its choices.")
        empty = None if fails_at is not None else ""
        weight = own.get("weight", "1")
        if not (weight.isascii() and weight.replace(".", "", 1).isdigit()):
            refuse(where, f"has the weight “{weight[:20]}”; write a number, 0 or more.")
        code = self._code(own.get("code") or node.name, where)
        self.paths[code] = where
        self.items.append(
            Item(
                code=code,
                text=said(control.label) or node.name,
                area=self._term(own, "area", where),
                principle=self._term(own, "principle", where),
                layer=self._term(own, "layer", where),
                bands=frozenset(several(own, "bands", BANDS, where, BANDS)),
                scale=scale.key,
                weight=float(weight),
                fails_at=fails_at,
                severity=one_of(own, "severity", SEVERITIES, where, empty),
                trade=one_of(own, "trade", TRADES, where, empty),
                estimate_cents=number(own, "estimate_cents", where),
                recommendation=own.get("recommendation", ""),
                help=said(control.hint),
                section=section,
                asset=self._term(own, "asset", where),
                threat=self._term(own, "threat", where),
            )
        )

    def _code(self, name: str, where: str) -> str:
        """The name of the question; where two share it, its path from the group before it."""
        found = name[:LONGEST_CODE]
        if found not in self.paths:
            return found
        longer = where.strip("/").partition("/")[2].replace("/", ".")[-LONGEST_CODE:]
        if longer in self.paths:
            refuse(where, f"cannot be told from another; give it a name of at most {LONGEST_CODE} signs.")
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

    def _scale(self, control: Control) -> Scale:
        """The scale of a question; those that offer the same share one, called as their list of choices."""
        offered = self._offered(control)
        if offered not in self.scales:
            named = {value for value, _ in offered}
            own = list_name(control)
            is_free = own and all(scale.key != own for scale in self.scales.values())
            self.scales[offered] = Scale(
                own if is_free else f"scale{len(self.scales) + 1}",
                tuple(Choice(int(value), label) for value, label in offered if value not in _MARKS),
                Mark.DOES_NOT_EXIST.value in named,
                Mark.UNOBSERVED.value in named,
            )
        return self.scales[offered]

    def _offered(self, control: Control) -> tuple[tuple[str, str], ...]:
        """Values and labels of the choices; none where they are filtered, or come from answers or a file."""
        if control.itemset is None:
            return tuple((one.value, said(one.label) or one.value) for one in control.items)
        name = list_name(control)
        if name not in self.form.instances or "[" in control.itemset.nodeset.text:
            return ()
        return tuple(self._choice(one) for one in self.form.instances[name].elements)

    def _choice(self, element: Element) -> tuple[str, str]:
        cells = {one.name: one.content for one in element.elements if isinstance(one.content, str)}
        label = cells.get("label") or said(self.form.texts.get(cells.get("itextId", ""), {}))
        return cells.get("name", ""), label or cells.get("name", "")
