"""Reading an instrument from its YAML file; every fault is named by place, line, value and mend.

What an item does not say of scale, fails_at, weight, severity or trade, its section says for all its items,
and else `defaults` for all of the file; area, principle and layer are the item's or its section's.
"""

import math
from collections.abc import Mapping
from typing import Final

from schoolward.analysis.assessing.shapes import (
    BANDS,
    KINDS,
    SEVERITIES,
    TRADES,
    Answer,
    Choice,
    Instrument,
    Item,
    Mark,
    Scale,
    Section,
)
from schoolward.analysis.assessing.yaml_parts import InstrumentProblem, Part, read_yaml

__all__ = [
    "BANDS",
    "KINDS",
    "SEVERITIES",
    "TRADES",
    "Answer",
    "Choice",
    "Instrument",
    "InstrumentProblem",
    "Item",
    "Mark",
    "Scale",
    "Section",
    "factor_problem",
    "read_instrument",
]

MOST_CENTS: Final = 10_000_000_00
"""A dearer typical estimate is a slip of the pen: ten million dollars."""
_RISK_RATINGS: Final = (1, 10)
_WITH_DEFAULTS: Final = frozenset({"scale", "fails_at", "weight", "severity", "trade"})


def read_instrument(content: bytes, *, name: str) -> Instrument:
    """Read an instrument from its YAML file.

    Args:
        content: the file as it is.
        name: what messages call the file.

    Raises:
        InstrumentProblem: it cannot be used; the message names file, place, line, value and mend.
    """
    try:
        return _instrument(read_yaml(content))
    except InstrumentProblem as problem:
        raise InstrumentProblem(f"{name}: {problem}") from None


def _instrument(top: Part) -> Instrument:
    terms = top.pairs("terms")
    scales = top.parts("scales", _scale)
    if not scales:
        raise top.missing("scales", "at least one scale with key and choices")
    _refuse_twice(top, "scales", [scale.key for scale in scales])
    reader = _ItemReader(terms, {scale.key: scale for scale in scales}, top.part("defaults"))
    sections = top.parts("sections", reader.section)
    if not sections:
        raise top.missing("sections", "at least one section with key, title and items")
    _refuse_twice(top, "sections", [section.key for section in sections])
    if reader.defaults is not None:
        reader.defaults.finish()
    valid_from = top.day("valid_from")
    valid_to = top.day("valid_to") if top.has("valid_to") else None
    if valid_to is not None and valid_to < valid_from:
        raise top.problem("valid_to", f"is {valid_to}, before valid_from {valid_from}; write a later day.")
    instrument = Instrument(
        key=top.key("key"),
        version=top.code("version"),
        title=top.text("title", longest=200),
        kind=top.choice("kind", KINDS),
        valid_from=valid_from,
        valid_to=valid_to,
        credit=top.text("credit", longest=2000),
        scales=scales,
        sections=sections,
        items=tuple(reader.items),
        terms=terms,
    )
    top.finish()
    _check_factors(top, instrument)
    return instrument


def _scale(part: Part) -> Scale:
    choices = part.parts("choices", _choice)
    if len(choices) < 2:
        raise part.problem("choices", "has fewer than two choices; a scale tells at least two apart.")
    _refuse_twice(part, "choices", [str(choice.value) for choice in choices])
    _refuse_twice(part, "choices", [choice.label for choice in choices])
    return Scale(
        part.key("key"), choices, part.flag("may_not_exist", False), part.flag("may_be_unobserved", False)
    )


def _choice(part: Part) -> Choice:
    return Choice(part.number("value", least=0, most=100), part.text("label", longest=80))


def _refuse_twice(part: Part, name: str, keys: list[str]) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise part.problem(name, f"holds “{key}” twice; give each its own.")


class _ItemReader:
    """Reads sections and their items, with what stands in `defaults` and in the section filled in."""

    def __init__(self, terms: Mapping[str, str], scales: Mapping[str, Scale], defaults: Part | None) -> None:
        self.terms = terms
        self.scales = scales
        self.defaults = defaults
        if defaults is not None:
            defaults.asked |= _WITH_DEFAULTS
        self.items: list[Item] = []
        self.lines: dict[str, int] = {}

    def section(self, part: Part) -> Section:
        """Read one section; its items are gathered in walking order."""
        section = Section(
            part.key("key"),
            part.text("title", longest=200),
            tuple(self._known(part, "zones", zone) for zone in part.texts("zones")),
        )
        before = len(self.items)
        part.parts("items", lambda one: self._item(one, part, section))
        if len(self.items) == before:
            raise part.missing("items", "at least one item with code and text")
        return section

    def _item(self, part: Part, section: Part, within: Section) -> None:
        code = part.code("code")
        if code in self.lines:
            raise part.problem("code", f"is “{code}”, as on line {self.lines[code]}; give each item its own.")
        self.lines[code] = part.line
        scale = self.scales[self._holder(part, section, "scale").choice("scale", self.scales)]
        fails_at = self._fails_at(part, section, scale)
        none = None if fails_at is not None else ""
        self.items.append(
            Item(
                code=code,
                text=part.text("text"),
                area=self._term(part, section, "area"),
                principle=self._term(part, section, "principle"),
                layer=self._term(part, section, "layer"),
                bands=self._bands(part),
                scale=scale.key,
                weight=self._holder(part, section, "weight").decimal("weight", 1.0, most=100),
                fails_at=fails_at,
                severity=self._holder(part, section, "severity").choice("severity", SEVERITIES, none),
                trade=self._holder(part, section, "trade").choice("trade", TRADES, none),
                estimate_cents=part.maybe_number("estimate_cents", least=0, most=MOST_CENTS),
                recommendation=part.text("recommendation", none),
                help=part.text("help", "", longest=1000),
                section=within.key,
                asset=self._term(part, part, "asset"),
                threat=self._term(part, part, "threat"),
            )
        )

    def _holder(self, part: Part, section: Part, name: str) -> Part:
        """Return the mapping that a value comes from: the item, else its section, else the defaults."""
        for holder in (part, section, self.defaults):
            if holder is not None and holder.has(name):
                return holder
        return part

    def _term(self, part: Part, section: Part, name: str) -> str:
        holder = section if section.has(name) and not part.has(name) else part
        found = holder.text(name, "")
        return self._known(holder, name, found) if found else ""

    def _known(self, part: Part, name: str, term: str) -> str:
        if term not in self.terms:
            raise part.problem(
                name, f"is “{term[:60]}”, which terms does not explain; add it there, or mend it."
            )
        return term

    def _bands(self, part: Part) -> frozenset[str]:
        named = part.texts("bands")
        for band in named:
            if band not in BANDS:
                raise part.problem("bands", f"holds “{band[:60]}”; bands are {', '.join(BANDS)}.")
        return frozenset(named or BANDS)

    def _fails_at(self, part: Part, section: Part, scale: Scale) -> int | None:
        holder = self._holder(part, section, "fails_at")
        if not holder.has("fails_at") or holder.text("fails_at") == "never":
            return None
        found = holder.number("fails_at", least=scale.lowest, most=scale.highest)
        if found == scale.highest or not scale.allows(found):
            below = [str(choice.value) for choice in scale.choices if choice.value != scale.highest]
            raise part.problem("fails_at", f"is {found}; write one of {', '.join(below)}, or never.")
        return found


def _check_factors(top: Part, instrument: Instrument) -> None:
    """Refuse a pair of asset and threat whose factors are not rated once each, from 1 to 10."""
    problem = factor_problem(instrument)
    if problem is not None:
        raise top.problem(*problem)


def factor_problem(instrument: Instrument) -> tuple[str, str] | None:
    """What is wrong with the factors of risks, as (the part of the instrument, what it does), or None.

    An asset, a threat and each pair of them are rated once each, from 1 to 10, with the weight 0.
    """
    rated = [item for item in instrument.items if item.asset or item.threat]
    keys = [" and ".join(filter(None, (item.asset, item.threat))) for item in rated]
    for key in keys:
        if keys.count(key) > 1:
            return "sections", f"holds “{key}” twice; give each its own."
    for item in rated:
        scale = instrument.scale_of(item)
        if not _RISK_RATINGS[0] <= scale.lowest <= scale.highest <= _RISK_RATINGS[1]:
            return "scales", f"rates {item.code} outside 1 to 10; risk is a product of such ratings."
        missing = [name for name in (item.asset, item.threat) if name not in keys]
        if item.asset and item.threat and missing:
            return "sections", f"never rates “{missing[0]}” alone, which {item.code} needs; add such an item."
        if not math.isclose(item.weight, 0.0):
            return "sections", f"weighs {item.code}; a factor of a risk has weight: 0."
    return None
