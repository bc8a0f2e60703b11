"""Which items of different instruments and versions ask the same, so that a trend survives a change of words.

A crosswalk is a file. Each of its tables relates one edition of an instrument (key and version) to another,
or to an outside list of which only names and tiers are carried. A table between two versions of one
instrument accounts for every item of both: related, ended, or begun. What nobody said to be the same is not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from schoolward.analysis.assessing.shapes import Instrument
from schoolward.analysis.assessing.yaml_parts import InstrumentProblem, Part, read_yaml


class Relation(StrEnum):
    """What the first of two items is to the second."""

    SAME = "same"
    NARROWER = "narrower"
    WIDER = "wider"
    RELATED = "related"

    @property
    def turned(self) -> "Relation":
        """What the second is to the first."""
        return {Relation.NARROWER: Relation.WIDER, Relation.WIDER: Relation.NARROWER}.get(self, self)


class Edition(NamedTuple):
    """One version of one instrument or outside list."""

    key: str
    version: str


class Place(NamedTuple):
    """One item of one edition."""

    edition: Edition
    code: str


@dataclass(frozen=True)
class Outside:
    """A list of others, by its names alone. `tiers` are the names of its levels, the lowest first."""

    edition: Edition
    title: str
    credit: str
    names: Mapping[str, str]
    tiers: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """One item, what it is to another, and that other. `tier` counts from 1, None where none is given."""

    source: Place
    relation: Relation
    target: Place
    tier: int | None = None


@dataclass(frozen=True)
class Crosswalk:
    """One file. `ended` have no successor in the edition that follows, `begun` no predecessor."""

    key: str
    title: str
    outside: tuple[Outside, ...]
    links: tuple[Link, ...]
    ended: tuple[Place, ...]
    begun: tuple[Place, ...]

    def related(self, place: Place, to: Edition) -> tuple[Link, ...]:
        """Return what an item is to items of another edition, from its own point of view."""
        return tuple(
            link
            for one in self.links
            for link in (one, Link(one.target, one.relation.turned, one.source, one.tier))
            if link.source == place and link.target.edition == to
        )


def edition_of(instrument: Instrument) -> Edition:
    """Return the key and version of an instrument."""
    return Edition(instrument.key, instrument.version)


def read_crosswalk(content: bytes, *, name: str, instruments: Iterable[Instrument]) -> Crosswalk:
    """Read a crosswalk from its YAML file.

    Args:
        content: the file as it is.
        name: what messages call the file.
        instruments: those of which the file may speak.

    Raises:
        InstrumentProblem: it cannot be used; the message names file, place, line, value and mend.
    """
    try:
        return _Reader({edition_of(one): {i.code: i.text for i in one.items} for one in instruments}).read(
            read_yaml(content)
        )
    except InstrumentProblem as problem:
        raise InstrumentProblem(f"{name}: {problem}") from None


class _Reader:
    """Reads tables against the codes that exist."""

    def __init__(self, codes: dict[Edition, Mapping[str, str]]) -> None:
        self.codes = codes
        self.tiers: dict[Edition, tuple[str, ...]] = {}
        self.links: list[Link] = []
        self.ended: list[Place] = []
        self.begun: list[Place] = []
        self.seen: set[tuple[Place, Place]] = set()
        self.same: dict[tuple[Place, Edition], Place] = {}

    def read(self, top: Part) -> Crosswalk:
        outside = top.parts("outside", self._outside)
        top.parts("tables", self._table)
        if not self.links:
            raise top.missing("tables", "at least one table with rows")
        found = Crosswalk(
            top.key("key"),
            top.text("title", longest=200),
            outside,
            tuple(self.links),
            tuple(self.ended),
            tuple(self.begun),
        )
        top.finish()
        return found

    def _outside(self, part: Part) -> Outside:
        edition = Edition(part.key("key"), part.code("version"))
        if edition in self.codes:
            raise part.problem(
                "key", f"is “{edition.key}”, which is an instrument already; write another key."
            )
        found = Outside(
            edition,
            part.text("title", longest=200),
            part.text("credit", longest=2000),
            part.pairs("names"),
            part.texts("tiers"),
        )
        if not found.names:
            raise part.missing("names", "at least one code with its name")
        self.codes[edition], self.tiers[edition] = found.names, found.tiers
        return found

    def _table(self, part: Part) -> None:
        source = self._edition(part, "from", "from_version")
        target = self._edition(part, "to", "to_version")
        if source == target:
            raise part.problem("to_version", f"is “{target.version}”, the edition itself; write another.")
        part.parts("rows", lambda row: self._row(row, source, target))
        ended = [self._place(part, "ended", source, code) for code in part.texts("ended")]
        begun = [self._place(part, "begun", target, code) for code in part.texts("begun")]
        if part.flag("same_codes", False):
            self._same_codes(source, target, {*ended, *begun})
        self.ended += ended
        self.begun += begun
        if source.key == target.key:
            self._account(part, source, target, {*ended, *begun})

    def _row(self, row: Part, source: Edition, target: Edition) -> None:
        relation = Relation(row.choice("is", [one.value for one in Relation]))
        first = self._place(row, "from", source, row.text("from", longest=64))
        second = self._place(row, "to", target, row.text("to", longest=64))
        tiers = self.tiers.get(target, ())
        tier = row.maybe_number("tier", least=1, most=len(tiers)) if tiers else None
        if (first, second) in self.seen:
            raise row.problem(
                "to", f"is “{second.code}”, to which “{first.code}” is related already; keep one row."
            )
        if relation is Relation.SAME:
            for one, other in ((first, second), (second, first)):
                before = self.same.setdefault((one, other.edition), other)
                if before != other:
                    raise row.problem(
                        "is",
                        f"makes “{one.code}” the same as “{before.code}” and “{other.code}”; "
                        "write narrower, wider or related for one of them.",
                    )
        self._link(Link(first, relation, second, tier))

    def _link(self, link: Link) -> None:
        self.seen |= {(link.source, link.target), (link.target, link.source)}
        self.links.append(link)

    def _same_codes(self, source: Edition, target: Edition, spoken_of: set[Place]) -> None:
        for code in self.codes[source]:
            first, second = Place(source, code), Place(target, code)
            taken = {(first, target), (second, source)} & set(self.same)
            if code in self.codes[target] and not taken and not {first, second} & spoken_of:
                if (first, second) in self.seen:
                    continue
                self.same[first, target], self.same[second, source] = second, first
                self._link(Link(first, Relation.SAME, second))

    def _account(self, part: Part, source: Edition, target: Edition, spoken_of: set[Place]) -> None:
        """Refuse a change of version that loses an item without a word, or says two things of it."""
        for edition, other, name in ((source, target, "ended"), (target, source, "begun")):
            for code in self.codes[edition]:
                place = Place(edition, code)
                related = any(one == place and two.edition == other for one, two in self.seen)
                if related and place in spoken_of:
                    raise part.problem(
                        name, f"holds “{code}”, which a row relates to {other.version}; keep one."
                    )
                if not related and place not in spoken_of:
                    raise part.problem(
                        "rows",
                        f"says nothing of “{code}” of {edition.version}; relate it, or list it in {name}.",
                    )

    def _edition(self, part: Part, key: str, version: str) -> Edition:
        found = Edition(part.key(key), part.code(version))
        if found not in self.codes:
            known = ", ".join(sorted(f"{one.key} {one.version}" for one in self.codes))
            raise part.problem(
                key, f"is “{found.key}” {found.version}, which is not known; known are {known}."
            )
        return found

    def _place(self, part: Part, name: str, edition: Edition, code: str) -> Place:
        if code not in self.codes[edition]:
            raise part.problem(
                name, f"is “{code[:60]}”, which {edition.key} {edition.version} does not hold; mend the code."
            )
        return Place(edition, code)


class Threads:
    """Items that are the same through all editions, by one or several crosswalks.

    Raises InstrumentProblem where a chain of "same" comes back to another item of an edition that it passed.
    """

    def __init__(self, crosswalks: Iterable[Crosswalk]) -> None:
        self._members: dict[Place, dict[Edition, Place]] = {}
        for crosswalk in crosswalks:
            for link in crosswalk.links:
                if link.relation is Relation.SAME:
                    self._join(link.source, link.target, crosswalk)

    def _join(self, first: Place, second: Place, crosswalk: Crosswalk) -> None:
        one = self._members.get(first, {first.edition: first})
        two = self._members.get(second, {second.edition: second})
        for edition, place in two.items():
            if one.get(edition, place) != place:
                edition_name = f"{edition.key} {edition.version}"
                raise InstrumentProblem(
                    f"{crosswalk.key}: “{first.code}” of {first.edition.key} {first.edition.version} is the "
                    f"same as both “{one[edition].code}” and “{place.code}” of {edition_name}; "
                    "write related for one of the links between them."
                )
        joined = {**one, **two}
        for place in joined.values():
            self._members[place] = joined

    def same(self, place: Place, in_edition: Edition) -> Place | None:
        """Return the item that asks the same in an edition, None where there is none."""
        if place.edition == in_edition:
            return place
        return self._members.get(place, {}).get(in_edition)
