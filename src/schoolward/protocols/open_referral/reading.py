"""JSON as a directory: each service is read or refused by the name of its field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, time
from typing import Any
from uuid import UUID

from schoolward.protocols.open_referral.values import (
    FREQUENCIES,
    STATUSES,
    BadDirectory,
    BadService,
    Capacity,
    Organization,
    Place,
    Schedule,
    Service,
)


def read(content: bytes) -> Iterator[tuple[int, Service | BadService]]:
    """Each service of a file with its number, or why it cannot be read.

    The file is a page of services, a bare list of them, or one service. Raises :class:`BadDirectory`.
    """
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadDirectory("The file is not UTF-8 text.") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadDirectory(f"The file is not JSON: {error}.") from None
    if isinstance(found, dict):
        found = found.get("contents", [found])
    if not isinstance(found, list):
        raise BadDirectory("The file holds no list of services.")
    return _read_all(found)


def _read_all(found: list[Any]) -> Iterator[tuple[int, Service | BadService]]:
    for number, raw in enumerate(found, start=1):
        try:
            yield number, _read(raw)
        except BadService as bad:
            yield number, bad


def _read(raw: Any) -> Service:
    if not isinstance(raw, dict):
        raise BadService("", "is no service but a bare value")
    status = _text(raw, "status", required=True)
    if status not in STATUSES:
        raise BadService("status", f"is none of {', '.join(STATUSES)}")
    costs = _list(raw, "cost_options")
    return Service(
        id=_identifier(raw),
        name=_text(raw, "name", required=True),
        status=status,
        description=_text(raw, "description"),
        organization=_read_organization(raw.get("organization")),
        eligibility=_text(raw, "eligibility_description"),
        minimum_age=_age(raw, "minimum_age"),
        maximum_age=_age(raw, "maximum_age"),
        how_to_apply=_text(raw, "application_process"),
        cost=_number(costs[0], "amount") if len(costs) == 1 else None,
        languages=tuple(code for one in _list(raw, "languages") if (code := _text(one, "code").lower())),
        documents=tuple(name for one in _list(raw, "required_documents") if (name := _text(one, "document"))),
        places=tuple(_read_place(one) for one in _list(raw, "service_at_locations")),
        capacities=tuple(_read_capacity(one) for one in _list(raw, "capacities")),
        codes=_codes(raw),
    )


def _read_organization(raw: Any) -> Organization:
    if not isinstance(raw, dict):
        raise BadService("organization", "is missing: nobody provides this service")
    try:
        return Organization(
            id=_identifier(raw),
            name=_text(raw, "name", required=True),
            description=_text(raw, "description"),
            website=_text(raw, "website"),
            codes=_codes(raw),
        )
    except BadService as bad:
        raise BadService(f"organization.{bad.field}", str(bad)) from None


def _read_place(raw: dict[str, Any]) -> Place:
    location = raw.get("location")
    if not isinstance(location, dict):
        raise BadService("service_at_locations", "has no location")
    addresses = _list(location, "addresses")
    address = addresses[0] if addresses else {}
    return Place(
        id=_identifier(location),
        name=_text(location, "name") or _text(address, "address_1"),
        address=_text(address, "address_1"),
        city=_text(address, "city"),
        state=_text(address, "state_province"),
        postal_code=_text(address, "postal_code"),
        latitude=_number(location, "latitude"),
        longitude=_number(location, "longitude"),
        external_id=_text(location, "external_identifier"),
        schedules=tuple(_read_schedule(one) for one in _list(raw, "schedules")),
    )


def _read_schedule(raw: dict[str, Any]) -> Schedule:
    frequency = _text(raw, "freq")
    if frequency and frequency not in FREQUENCIES:
        raise BadService("schedules.freq", f"is none of {', '.join(FREQUENCIES)}")
    return Schedule(
        valid_from=_day(raw, "valid_from") or _day(raw, "dtstart"),
        valid_to=_day(raw, "valid_to") or _day(raw, "until"),
        byday=_text(raw, "byday").replace(" ", "") if frequency != "MONTHLY" else "",
        opens_at=_hour(raw, "opens_at"),
        closes_at=_hour(raw, "closes_at"),
    )


def _read_capacity(raw: dict[str, Any]) -> Capacity:
    unit = raw.get("unit")
    available, maximum = _number(raw, "available"), _number(raw, "maximum")
    if not isinstance(unit, dict) or available is None:
        raise BadService("capacities", "needs a unit and how many are available")
    return Capacity(
        unit=_text(unit, "name", required=True),
        available=int(available),
        maximum=None if maximum is None else int(maximum),
        updated=_text(raw, "updated", required=True),
    )


def _codes(raw: dict[str, Any]) -> dict[str, str]:
    found = {}
    for one in _list(raw, "attributes"):
        term = one.get("taxonomy_term")
        if isinstance(term, dict) and _text(term, "taxonomy"):
            found[_text(term, "taxonomy")] = _text(term, "code")
    return found


def _identifier(raw: dict[str, Any]) -> str:
    text = _text(raw, "id", required=True)
    try:
        return str(UUID(text))
    except ValueError:
        raise BadService("id", "is not a UUID") from None


def _text(raw: dict[str, Any], name: str, *, required: bool = False) -> str:
    value = raw.get(name)
    if value is None or value == "":
        if required:
            raise BadService(name, "is missing")
        return ""
    if not isinstance(value, str):
        raise BadService(name, "is not text")
    return value.strip()


def _list(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = raw.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise BadService(name, "is not a list of objects")
    return value


def _number(raw: dict[str, Any], name: str) -> float | None:
    value = raw.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e9 or value != value:
        raise BadService(name, "is not a number")
    return float(value)


def _age(raw: dict[str, Any], name: str) -> int | None:
    value = _number(raw, name)
    if value is not None and not 0 <= value <= 150:
        raise BadService(name, "is not an age")
    return None if value is None else int(value)


def _day(raw: dict[str, Any], name: str) -> date | None:
    text = _text(raw, name)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise BadService(f"schedules.{name}", "is not a date such as 2012-09-06") from None


def _hour(raw: dict[str, Any], name: str) -> time | None:
    text = _text(raw, name)
    try:
        return time.fromisoformat(text[:5]) if text else None
    except ValueError:
        raise BadService(f"schedules.{name}", "is not an hour such as 15:30") from None
