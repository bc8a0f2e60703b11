"""An instrument of our own as a form: to be edited in a spreadsheet or elsewhere, and brought in again.

It is not the form of a walk (``walk_forms``): it has no notes and photographs, and says of each item what
follows from a failure, in the attributes that ``form_items`` reads.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from schoolward.analysis.assessing.shapes import BANDS, Instrument, Item, Mark, Scale, Section
from schoolward.protocols.xforms.reading.markup import JAVAROSA, OPENROSA, XFORMS, XHTML

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_MARK_LABELS = {Mark.DOES_NOT_EXIST: "Does not exist here", Mark.UNOBSERVED: "Unable to observe"}
_WORDS = ("severity", "trade", "recommendation", "area", "principle", "layer", "asset", "threat")


def instrument_xform(instrument: Instrument) -> bytes:
    """The instrument as an XForm whose items are the same when it is read again."""
    data = Element("data", {"id": instrument.key, "version": instrument.version, **_settings(instrument)})
    binds: list[str] = []
    body = Element("h:body")
    for section in instrument.sections:
        _section(instrument, section, data, body, binds)
    SubElement(SubElement(data, "orx:meta"), "orx:instanceID")
    namespaces = {"xmlns": XFORMS, "xmlns:h": XHTML, "xmlns:jr": JAVAROSA, "xmlns:orx": OPENROSA}
    html = Element("h:html", namespaces)
    head = SubElement(html, "h:head")
    SubElement(head, "h:title").text = instrument.title
    model = SubElement(head, "model")
    SubElement(model, "instance").append(data)
    for scale in instrument.scales:
        _choices(scale, model)
    for path in binds:
        SubElement(model, "bind", nodeset=path, type="string")
    meta = {"nodeset": "/data/orx:meta/orx:instanceID", "type": "string", "jr:preload": "uid"}
    SubElement(model, "bind", meta)
    html.append(body)
    return bytes(tostring(html, encoding="utf-8", xml_declaration=True))


def _settings(instrument: Instrument) -> dict[str, str]:
    told = {"kind": instrument.kind, "valid_from": instrument.valid_from.isoformat()}
    if instrument.valid_to is not None:
        told["valid_to"] = instrument.valid_to.isoformat()
    told["credit"] = instrument.credit
    return {**told, **{f"term_{key}": words for key, words in instrument.terms.items()}}


def _section(
    instrument: Instrument, section: Section, data: Element, body: Element, binds: list[str]
) -> None:
    zones = {"zones": " ".join(section.zones)} if section.zones else {}
    around = SubElement(data, section.key, zones)
    group = SubElement(body, "group", ref=f"/data/{section.key}")
    SubElement(group, "label").text = section.title
    for item in instrument.items:
        if item.section != section.key:
            continue
        name = item.code if _NAME.fullmatch(item.code) else f"_{item.code}"
        SubElement(around, name, _attributes(item, name))
        path = f"/data/{section.key}/{name}"
        binds.append(path)
        asked = SubElement(group, "select1", ref=path)
        SubElement(asked, "label").text = item.text
        if item.help:
            SubElement(asked, "hint").text = item.help
        itemset = SubElement(asked, "itemset", nodeset=f"instance('{item.scale}')/root/item")
        SubElement(itemset, "value", ref="name")
        SubElement(itemset, "label", ref="label")


def _attributes(item: Item, name: str) -> dict[str, str]:
    told = {} if name == item.code else {"code": item.code}
    if item.fails_at is not None:
        told["fails_at"] = str(item.fails_at)
    told |= {word: getattr(item, word) for word in _WORDS if getattr(item, word)}
    if item.estimate_cents is not None:
        told["estimate_cents"] = str(item.estimate_cents)
    if item.bands != frozenset(BANDS):
        told["bands"] = " ".join(band for band in BANDS if band in item.bands)
    if item.weight != 1:
        told["weight"] = f"{item.weight:f}".rstrip("0").rstrip(".")
    return told


def _choices(scale: Scale, model: Element) -> None:
    root = SubElement(SubElement(model, "instance", id=scale.key), "root")
    offered = [(str(choice.value), choice.label) for choice in scale.choices]
    offered += [(mark.value, label) for mark, label in _MARK_LABELS.items() if scale.allows(mark)]
    for value, label in offered:
        item = SubElement(root, "item")
        SubElement(item, "name").text = value
        SubElement(item, "label").text = label
