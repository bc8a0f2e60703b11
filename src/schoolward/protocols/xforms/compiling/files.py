"""Files that belong to a form, as secondary instances: CSV, XML and GeoJSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from schoolward.protocols.xforms.definition import Definition, Element
from schoolward.protocols.xforms.external_choices import list_of, put_in
from schoolward.protocols.xforms.problems import FormProblem, FormRefused
from schoolward.protocols.xforms.reading.instances import tree
from schoolward.protocols.xforms.reading.markup import parse_xml

_OF_INSTANCE = re.compile(r"""\s*instance\(\s*['"]([^'"]+)['"]\s*\)/root/item\b""")
_NAME = re.compile(r"[\w.-]+\Z")
LAST_SAVED = "jr://instance/last-saved"


def file_name(address: str) -> str:
    """``rooms.csv`` of ``jr://file-csv/rooms.csv``; what stands behind ``#`` is a part of the file."""
    return address.partition("#")[0].rpartition("/")[2]


def load(definition: Definition, files: Mapping[str, bytes], problems: list[FormProblem]) -> list[str]:
    """Read what is at hand into the definition; returns the names of the files that are missing."""
    missing: list[str] = []
    for identifier, address in definition.external.items():
        name = file_name(address)
        if name not in files:
            if address != LAST_SAVED and name not in missing:
                missing.append(name)
            continue
        try:
            root = read_file(name, files[name])
            if list_of(address):
                put_in(definition, identifier, root)
            else:
                definition.instances[identifier] = root
        except FormRefused as refused:
            problems += [
                FormProblem(each.what, f"{name}, {each.where}", each.mend) for each in refused.problems
            ]
        except (ValueError, csv.Error) as error:
            problems.append(FormProblem(f"The file cannot be read: {error}.", name))
    return missing


def without_values(definition: Definition) -> list[FormProblem]:
    """Selects whose choices have no value in the rows that they come from: nobody could answer them."""
    problems = []
    for control in definition.controls():
        if control.itemset is None or control.node is None:
            continue
        match = _OF_INSTANCE.match(control.itemset.nodeset.text)
        root = definition.instances.get(match[1]) if match else None
        wanted = control.itemset.value.text.strip()
        rows = root.elements if root is not None else []
        columns = dict.fromkeys(each.name for row in rows for each in row.elements)
        if not rows or not _NAME.match(wanted) or wanted in columns:
            continue
        name = match[1] if match else ""
        source = file_name(definition.external[name]) if name in definition.external else name
        problems.append(
            FormProblem(
                f"{source} has no column {wanted}; there are {', '.join(columns)}.",
                f"{definition.nodes[control.node].path} (choices)",
                f"Rename the column, or write parameters value={next(iter(columns))}.",
            )
        )
    return problems


def read_file(name: str, data: bytes) -> Element:
    """The rows or features of a file. Raises :class:`ValueError`, ``csv.Error`` or :class:`FormRefused`."""
    if name.lower().endswith(".xml"):
        return tree(parse_xml(data), with_templates=True)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is no text in UTF-8; save it as CSV in UTF-8") from None
    if name.lower().endswith((".geojson", ".json")):
        return _features(json.loads(text))
    return _rows(text)


def _rows(text: str) -> Element:
    sample = text.partition("\n")[0]
    delimiter = max(",;\t", key=sample.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names = [name.strip() for name in next(rows, [])]
    return Element(
        "root",
        [
            Element("item", [Element(name, value) for name, value in zip(names, row, strict=False) if name])
            for row in rows
            if any(row)
        ],
    )


def _features(collection: Any) -> Element:
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise ValueError("it is no FeatureCollection")
    return Element("root", [_feature(feature) for feature in collection.get("features", [])])


def _feature(feature: dict[str, Any]) -> Element:
    parts = [Element("geometry", _geometry(feature.get("geometry") or {}))]
    properties = dict(feature.get("properties") or {})
    if "id" in feature:
        properties.setdefault("id", feature["id"])
    return Element("item", parts + [Element(name, _plain(value)) for name, value in properties.items()])


def _geometry(geometry: dict[str, Any]) -> str:
    points = geometry.get("coordinates") or []
    if geometry.get("type") == "Point":
        points = [points]
    elif geometry.get("type") == "Polygon":
        points = points[0]
    return ";".join(f"{point[1]} {point[0]} 0 0" for point in points)


def _plain(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
