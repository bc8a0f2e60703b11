"""The columns of a file of people: documented names, other names that are known, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final


class TableProblem(ValueError):
    """A file, or the way its columns were named, cannot be used. The message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it holds, what other systems call it, whether the household shares it."""

    name: str
    help: str
    also: tuple[str, ...] = ()
    shared: bool = False


COLUMNS: Final = (
    Column(
        "record",
        "The record's own id, different for each; without it rows are named by number",
        ("record_id", "rec_id", "id", "sourcedid"),
    ),
    Column("given", "First name", ("given_name", "first_name", "firstname", "givenname", "legal_first_name")),
    Column("middle", "Middle name or initial", ("middle_name", "middlename", "middle_initial")),
    Column("surname", "Surname", ("last_name", "lastname", "familyname", "family_name", "legal_last_name")),
    Column("suffix", "Jr, Sr, II, III, IV", ("name_suffix",)),
    Column(
        "birth_date",
        "2012-09-06, 9/6/2012 or 20120906",
        ("dob", "date_of_birth", "birthdate", "birthday", "birth"),
    ),
    Column("sex", "f, m or x; empty is not stated", ("gender",)),
    Column(
        "student_id",
        "A number that one system gives to each person; map it only where both files have it from there",
        ("ssid", "student_number", "state_student_id"),
    ),
    Column(
        "address",
        "Street address, with or without the house number",
        ("street_address", "street", "address1", "address_1"),
        shared=True,
    ),
    Column("house_number", "House number, where it stands apart", ("street_number",), shared=True),
    Column("city", "City or suburb", ("suburb", "town"), shared=True),
    Column("postcode", "Postal code", ("zip", "zip_code", "zipcode", "postal_code"), shared=True),
    Column("phone", "Telephone", ("telephone", "phone_number", "home_phone"), shared=True),
)
NAMES: Final = tuple(column.name for column in COLUMNS)


def places_in(header: Sequence[str], mapped: Mapping[str, str]) -> dict[str, int]:
    """Return where each known column stands in a header. `mapped` names a header for a column.

    Raises TableProblem for a mapping that fits nothing, a doubled header, and a file without names or days.
    """
    lowered = [name.strip().lower() for name in header]
    found: dict[str, int] = {}
    for name, wanted in mapped.items():
        if name not in NAMES:
            raise TableProblem(f"There is no column “{name}” to map{_near(name, NAMES)}.")
        if wanted.strip().lower() not in lowered:
            raise TableProblem(
                f"The header has no column “{wanted}”{_near(wanted.lower(), lowered)}; "
                f"it names {_listed(header)}."
            )
        found[name] = _place(lowered, wanted.strip().lower())
    taken = set(found.values())
    for column in COLUMNS:
        if column.name in found:
            continue
        for spelling in (column.name, *column.also):
            if spelling in lowered:
                place = _place(lowered, spelling)
                if place not in taken:
                    found[column.name] = place
                    taken.add(place)
                    break
    if "given" not in found and "surname" not in found:
        raise TableProblem(
            f"The header names neither a first name nor a surname; it names {_listed(header)}. "
            "Say which columns they are: --column given=… --column surname=…"
        )
    if "birth_date" not in found and "student_id" not in found:
        raise TableProblem(
            f"The header names neither a birth date nor a student number; it names {_listed(header)}. "
            "By names alone nobody can be told from a namesake. "
            "Say which columns they are: --column birth_date=…"
        )
    return found


def _place(lowered: Sequence[str], name: str) -> int:
    if lowered.count(name) > 1:
        raise TableProblem(f"The header names the column {name} twice. Take one of them out.")
    return lowered.index(name)


def _near(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]}?" if near else ""


def _listed(header: Sequence[str]) -> str:
    return ", ".join(name.strip() for name in header if name.strip())[:200] or "nothing"
