"""An instrument in the words of its YAML file, as plain values; as JSON it is read again as it was."""

from __future__ import annotations

from typing import Any

from schoolward.analysis.assessing.shapes import BANDS, Instrument, Item, Scale, Section


def instrument_values(instrument: Instrument) -> dict[str, Any]:
    """Everything that an instrument says. Nothing stands in defaults: each item speaks for itself."""
    told: dict[str, Any] = {
        "key": instrument.key,
        "version": instrument.version,
        "title": instrument.title,
        "kind": instrument.kind,
        "valid_from": instrument.valid_from.isoformat(),
    }
    if instrument.valid_to is not None:
        told["valid_to"] = instrument.valid_to.isoformat()
    return {
        **told,
        "credit": instrument.credit,
        "terms": dict(instrument.terms),
        "scales": [_scale(scale) for scale in instrument.scales],
        "sections": [_section(instrument, section) for section in instrument.sections],
    }


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "key": scale.key,
        "may_not_exist": scale.may_not_exist,
        "may_be_unobserved": scale.may_be_unobserved,
        "choices": [{"value": choice.value, "label": choice.label} for choice in scale.choices],
    }


def _section(instrument: Instrument, section: Section) -> dict[str, Any]:
    told: dict[str, Any] = {"key": section.key, "title": section.title}
    if section.zones:
        told["zones"] = list(section.zones)
    return {**told, "items": [_item(item) for item in instrument.items if item.section == section.key]}


def _item(item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {"code": item.code, "text": item.text, "scale": item.scale, "weight": item.weight}
    told["fails_at"] = "never" if item.fails_at is None else item.fails_at
    for name in ("area", "principle", "layer", "asset", "threat", "severity", "trade"):
        if getattr(item, name):
            told[name] = getattr(item, name)
    if item.bands != frozenset(BANDS):
        told["bands"] = [band for band in BANDS if band in item.bands]
    if item.estimate_cents is not None:
        told["estimate_cents"] = item.estimate_cents
    for name in ("recommendation", "help"):
        if getattr(item, name):
            told[name] = getattr(item, name)
    return told
