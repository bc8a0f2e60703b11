"""A directory as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from schoolward.protocols.open_referral.values import Organization, Place, Service

_OF_PARTS = UUID("5b1f0c1e-9a52-5f0e-8f57-3f1f2ad3f6a1")
"""The name space of identifiers of parts that have none of their own."""


def document(services: Iterable[Service]) -> dict[str, Any]:
    """The directory as one page of services in full (the answer of ``GET /services?full_service=true``)."""
    contents = [_service(service) for service in services]
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def part_id(*of: object) -> str:
    """The identifier of a part that has none of its own: the same for the same names, whenever it is
    written."""
    return str(uuid5(_OF_PARTS, "\x1f".join(map(str, of))))


def _service(service: Service) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": service.id,
        "name": service.name,
        "description": service.description,
        "status": service.status,
        "application_process": service.how_to_apply,
        "eligibility_description": service.eligibility,
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "organization": _organization(service.organization),
        "languages": [
            {"id": part_id(service.id, "language", code), "code": code} for code in service.languages
        ],
        "required_documents": [
            {"id": part_id(service.id, "document", name), "document": name} for name in service.documents
        ],
        "service_at_locations": [_at_place(service.id, place) for place in service.places],
        "capacities": [
            {
                "id": part_id(service.id, "capacity", capacity.unit),
                "unit": {"id": part_id("unit", capacity.unit), "name": capacity.unit},
                "available": capacity.available,
                "maximum": capacity.maximum,
                "updated": capacity.updated,
            }
            for capacity in service.capacities
        ],
        "attributes": _attributes(service.id, "service", service.codes),
    }
    if service.cost is not None:
        out["cost_options"] = [{"id": part_id(service.id, "cost"), "currency": "usd", "amount": service.cost}]
    return _said(out)


def _organization(one: Organization) -> dict[str, Any]:
    return _said(
        {
            "id": one.id,
            "name": one.name,
            # The specification requires a description.
            "description": one.description or one.name,
            "website": one.website,
            "attributes": _attributes(one.id, "organization", one.codes),
        }
    )


def _at_place(service_id: str, place: Place) -> dict[str, Any]:
    address = {
        "id": part_id(place.id, "address"),
        "address_1": place.address,
        "city": place.city,
        "state_province": place.state,
        "postal_code": place.postal_code,
        "country": "US",
        "address_type": "physical",
    }
    location = {
        "id": place.id,
        "location_type": "physical",
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "external_identifier": place.external_id,
        "external_identifier_type": "schoolward:site" if place.external_id else "",
        # An address without all of its required parts is left out whole; the street is told in words.
        "addresses": [address] if all(address.values()) else [],
        "description": "" if all(address.values()) else place.address,
    }
    own = part_id(service_id, "at", place.id)
    schedules = [
        _said(
            {
                "id": part_id(own, "schedule", number),
                "valid_from": schedule.valid_from.isoformat() if schedule.valid_from else None,
                "valid_to": schedule.valid_to.isoformat() if schedule.valid_to else None,
                "freq": "WEEKLY" if schedule.byday else None,
                "byday": schedule.byday,
                "opens_at": schedule.opens_at.isoformat() if schedule.opens_at else None,
                "closes_at": schedule.closes_at.isoformat() if schedule.closes_at else None,
            }
        )
        for number, schedule in enumerate(place.schedules, start=1)
    ]
    return _said({"id": own, "location": _said(location), "schedules": schedules})


def _attributes(owner: str, entity: str, codes: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": part_id(owner, taxonomy),
            "link_entity": entity,
            "taxonomy_term": {
                "id": part_id(taxonomy, code),
                "code": code,
                "name": code,
                "description": code,
                "taxonomy": taxonomy,
            },
        }
        for taxonomy, code in sorted(codes.items())
    ]


def _said(out: dict[str, Any]) -> dict[str, Any]:
    """Without what there is nothing to say of."""
    return {name: value for name, value in out.items() if value not in (None, "", [])}
