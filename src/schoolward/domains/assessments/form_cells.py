"""Cells of a form that speak of an instrument: attributes, wordings, numbers and days, refused by place."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import NoReturn

from schoolward.analysis.assessing.instrument import InstrumentProblem
from schoolward.protocols.xforms.definition import Control, Element, Text

_NO_KEY = re.compile(r"[^a-z0-9-]+")


def attributes_by_path(element: Element, around: str) -> list[tuple[str, dict[str, str]]]:
    """The attributes of every element by its path."""
    path = f"{around}/{element.name}"
    found = [(path, element.attributes)] if element.attributes else []
    return found + [pair for one in element.elements for pair in attributes_by_path(one, path)]


def key_of(form_id: str) -> str:
    """The form's id as a key: letters, digits, _ and -, as addresses have them."""
    found = _NO_KEY.sub("-", form_id.replace("_", "-").lower()).strip("-")[:64]
    if not found:
        refuse("settings", f"has “{form_id[:30]}” as form_id; write letters, digits and _.")
    return found


def is_whole(value: str) -> bool:
    """Whether a choice can be a rating: a whole number of at most four digits."""
    return value.isascii() and value.isdigit() and len(value) < 5


def list_name(control: Control) -> str:
    """The name of the list that a question's choices come from; empty where they are its own."""
    source = control.itemset.nodeset.text if control.itemset is not None else ""
    return source.replace('"', "'").split("'")[1] if source.startswith(("instance('", 'instance("')) else ""


def several(
    cells: dict[str, str], name: str, known: Collection[str], where: str, default: Collection[str]
) -> tuple[str, ...]:
    """Words with blanks between, each of them known; the default where there are none."""
    found = cells.get(name, "").split()
    for word in found:
        if word not in known:
            refuse(where, f"has “{word[:30]}” in {name}; write some of {', '.join(known)}.")
    return tuple(found or default)


def said(text: Text) -> str:
    """The words in the form's first language, without expressions."""
    for wording in text.values():
        return " ".join("".join(part for part in wording.parts if isinstance(part, str)).split())
    return ""


def refuse(where: str, says: str) -> NoReturn:
    """Raise ``InstrumentProblem`` about a place; ``says`` goes on from it, with the mend."""
    raise InstrumentProblem(f"{where} {says}")


def day(cells: dict[str, str], name: str) -> date | None:
    """A day of the settings, or ``None`` where it is not given."""
    if not cells.get(name):
        return None
    try:
        return date.fromisoformat(cells[name][:10])
    except ValueError:
        refuse("settings", f"has “{cells[name][:30]}” as {name}; write a day as 2012-09-06.")


def number(cells: dict[str, str], name: str, where: str) -> int | None:
    """A whole number, or ``None`` where it is not given."""
    found = cells.get(name, "").removesuffix(".0")
    if not found:
        return None
    if not (found.isascii() and found.isdigit() and len(found) < 12):
        refuse(where, f"has “{found[:20]}” as {name}; write a whole number.")
    return int(found)


def one_of(cells: dict[str, str], name: str, known: tuple[str, ...], where: str, default: str | None) -> str:
    """One of the words that are known, or the default; ``None`` demands one."""
    found = cells.get(name, "") or default
    if found is None or (found not in known and found != default):
        refuse(where, f"has “{found or ''}” as {name}; write one of {', '.join(known)}.")
    return found
