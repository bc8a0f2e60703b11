"""Who reads what of a ward, by docs/reference/protected-records.md: no query, nothing of the code.

The numbers in the comments are the paragraphs of that page. The table's rules are written out a second time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

FIELDS = ("state", "note", "phone", "counselling", "recovery")
COLUMNS = (
    "id",
    "agency",
    "subject",
    "record_class",
    "sealed_at",
    "worker",
    "campus",
    *FIELDS,
    "closed_on",
    "born_on",
)
SPECIAL = {"counselling": "health", "recovery": "substance_use"}


@dataclass(frozen=True)
class Someone:
    """Who looks. ``campuses`` is ``None`` for every site; an ``agency`` of ``None`` is the system."""

    role: str
    agency: str | None
    purpose: str
    campuses: frozenset[int] | None
    account: str = ""


@dataclass(frozen=True)
class Row:
    agency: str
    record_class: str
    subject: str
    worker: str
    campus: int
    sealed: bool


@dataclass(frozen=True)
class Terms:
    """An agreement; later in a world's list is drawn up later."""

    owner: str
    recipient: str
    classes: tuple[str, ...] = ("education",)
    purposes: tuple[str, ...] = ("school_safety", "youth_program")
    fields: tuple[str, ...] = ("access.Ward.state", "access.Ward.phone", "access.Ward.counselling")
    first: date = date(2012, 7, 1)
    last: date = date(2013, 6, 30)
    revoked: bool = False
    signed_by: tuple[str, ...] = ("owner", "recipient")
    signed_tomorrow: bool = False


@dataclass(frozen=True)
class Permit:
    """A consent."""

    subject: str
    category: str
    recipient: str
    purpose: str
    first: date = date(2012, 7, 1)
    last: date = date(2013, 6, 30)
    withdrawn: bool = False
    sealed: bool = False


@dataclass(frozen=True)
class Glass:
    """An emergency; ``began`` is in hours before now."""

    account: str
    subject: str
    began: float = 1
    judged: bool = False


@dataclass(frozen=True)
class World:
    name: str
    agreements: tuple[Terms, ...] = ()
    permits: tuple[Permit, ...] = ()
    glasses: tuple[Glass, ...] = ()
    left: frozenset[str] = field(default_factory=frozenset)


def agreement_is_live(terms: Terms, world: World, today: date) -> bool:
    return (
        set(terms.signed_by) == {"owner", "recipient"}
        and not terms.signed_tomorrow
        and terms.first <= today <= terms.last
        and not terms.revoked
        and not {terms.owner, terms.recipient} & world.left
    )


def rule_holds(number: int, me: Someone, row: Row) -> set[str] | None:
    """The fields of the rule of this number where its role, purpose and relation hold, else ``None``."""
    at_my_site = me.campuses is None or row.campus in me.campuses
    if number == 0 and me.role in ("program_coordinator", "provider"):
        return set(COLUMNS) if me.purpose == "youth_program" and row.worker == me.account else None
    if number == 1 and me.role in ("school_resource_officer", "program_coordinator"):
        told = me.purpose in ("school_safety", "youth_program") and at_my_site
        return {"state", "phone", "counselling"} if told else None
    if number == 2 and me.role == "lead":
        return {"state", "note"}
    if number == 3 and me.role in ("school_resource_officer", "provider"):
        return {"state"} if me.purpose in ("records", "school_safety") else None
    return None


def by_rules(me: Someone, row: Row, world: World, today: date) -> set[str] | None:
    for number in range(4):
        fields = rule_holds(number, me, row)
        if fields is None:
            continue
        if row.agency == me.agency:
            return fields  # 3 and 4: my agency's row
        if number == 2:
            continue  # the one rule that stays at home
        for terms in reversed(world.agreements):  # 4: the last one that holds decides alone
            named = {name for name in fields if f"access.Ward.{name}" in terms.fields}
            if (
                agreement_is_live(terms, world, today)
                and (terms.owner, terms.recipient) == (row.agency, me.agency)
                and row.record_class in terms.classes
                and me.purpose in terms.purposes
                and named
            ):
                return named
    return None


def has_emergency(me: Someone, row: Row, world: World) -> bool:
    return any(
        glass.account == me.account
        and glass.subject == row.subject
        and 0 <= glass.began < 3
        and not glass.judged
        for glass in world.glasses
    )


def reads(me: Someone, row: Row, world: World, now: datetime, today: date) -> set[str] | None:
    """The fields of the row that may be read; ``None`` where it is not to be seen at all."""
    if row.sealed:
        return None  # 1
    if me.agency is None:
        return set(COLUMNS) - set(SPECIAL)  # 7
    fields = by_rules(me, row, world, today)
    if fields is None:
        if me.role in ("school_resource_officer", "lead") and has_emergency(me, row, world):
            return {"state", "phone"}  # 5
        return None
    for name, category in SPECIAL.items():  # 6
        consented = any(
            (permit.subject, permit.category, permit.recipient, permit.purpose)
            == (row.subject, category, me.agency, me.purpose)
            and permit.first <= today <= permit.last
            and not permit.withdrawn
            and not permit.sealed
            for permit in world.permits
        )
        if not consented:
            fields.discard(name)
    return fields


def passes_the_wall(me: Someone, row: Row, world: World, today: date) -> bool:
    """What row-level security lets by: agency, class and purpose, emergencies; never a sealed row."""
    if row.sealed:
        return False
    if me.agency is None or row.agency == me.agency:
        return True
    shared = any(
        agreement_is_live(terms, world, today)
        and (terms.owner, terms.recipient) == (row.agency, me.agency)
        and row.record_class in terms.classes
        and me.purpose in terms.purposes
        for terms in world.agreements
    )
    return shared or has_emergency(me, row, world)
