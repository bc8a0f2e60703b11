"""An XLSForm written from a definition: survey, choices and settings, with XPath where XLSForm has ${…}.

pyxform takes paths as they are, so that what is written converts to the same form again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from schoolward.protocols.xforms.definition import (
    Control,
    Definition,
    Element,
    NodeDefinition,
    Source,
    Text,
    Wording,
)
from schoolward.protocols.xforms.external_choices import FILE, LIST, VALUE, list_offered, rows_of_file
from schoolward.protocols.xforms.problems import FormProblem, FormRefused

from .choices import filter_of, instance_of, parameters_of

_TAKE_XFORM = "It cannot be written as an XLSForm; take the XForm instead."
_UPLOADS = {"image/*": "image", "audio/*": "audio", "video/*": "video"}
_INPUTS = {
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "dateTime": "dateTime",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
}
_PRELOADS = {
    ("date", "today"): "today",
    ("timestamp", "start"): "start",
    ("timestamp", "end"): "end",
    **{("property", name): name for name in ("deviceid", "username", "email", "phonenumber")},
}
_FACETS = {
    "relevant": "relevant",
    "calculate": "calculation",
    "readonly": "readonly",
    "required": "required",
    "constraint": "constraint",
    "count": "repeat_count",
}
_CHOICES = {"select1": "select_one", "select": "select_multiple", "rank": "rank"}
_OF_THE_FORM = frozenset(("id", "version", "prefix", "delimiter", "xforms-version"))
_MEDIA = ("image", "big-image", "audio", "video")
Row = dict[str, str]
_PLAIN_PATH = re.compile(r"(?:\.\.|[\w.\-]*)(?:/(?:\.\.|[\w.\-]+))+\Z")


def write_xlsform(definition: Definition, files: Mapping[str, bytes] | None = None) -> bytes:
    """The workbook (XLSX) of a form, with its ``files``. What XLSForm has no word for is left out.

    Raises :class:`FormRefused` where that would take its choices from a question.
    """
    from openpyxl import Workbook

    writer = _Writer(definition, files or {})
    writer.write()
    workbook = Workbook()
    survey = workbook.active
    survey.title = "survey"
    _fill(survey, ["type", "name"], writer.survey)
    if writer.choices:
        _fill(workbook.create_sheet("choices"), ["list_name", "name"], writer.choices)
    if writer.external:
        _fill(workbook.create_sheet("external_choices"), [LIST, VALUE], writer.external)
    _fill(workbook.create_sheet("settings"), ["form_title", "form_id"], [writer.settings()])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _fill(sheet: Any, first: list[str], rows: list[Row]) -> None:
    columns = list(dict.fromkeys([*first, *(name for row in rows for name in row)]))
    sheet.append(columns)
    for row in rows:
        sheet.append([row.get(column, "") for column in columns])
    # A text that begins with = would be taken for a formula; the cells are texts, all of them.
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.value is not None:
                cell.data_type = "s"


class _Writer:
    def __init__(self, definition: Definition, files: Mapping[str, bytes]) -> None:
        self._definition = definition
        self._files = files
        self._children: dict[int | None, list[int]] = {}
        for number, node in enumerate(definition.nodes):
            self._children.setdefault(node.parent, []).append(number)
        self._controls: dict[int, list[Control]] = {}
        for control in definition.controls():
            if control.node is not None:
                self._controls.setdefault(control.node, []).append(control)
        self._lists: dict[str, str] = {}
        self.survey: list[Row] = []
        self.choices: list[Row] = []
        self.external: list[Row] = []

    def settings(self) -> Row:
        definition = self._definition
        row = {"form_title": definition.title or definition.id, "form_id": definition.id}
        row["version"] = definition.version
        row["name"] = definition.nodes[0].name
        if definition.languages[0]:
            row["default_language"] = definition.languages[0]
        name = definition.node_at(f"{definition.nodes[0].path}/meta/instanceName")
        if name is not None and "calculate" in definition.nodes[name].facets:
            row["instance_name"] = definition.nodes[name].facets["calculate"].text
        named = [(one["list_name"], one["name"]) for one in self.choices]
        if len(set(named)) < len(named):
            row["allow_choice_duplicates"] = "yes"
        own = definition.blank.attributes
        return {**row, **{f"attribute::{key}": own[key] for key in own if key not in _OF_THE_FORM}}

    def write(self) -> None:
        self._below(0, self._definition.blank)

    def _below(self, parent: int, blank: Element) -> None:
        for number in self._children.get(parent, []):
            node = self._definition.nodes[number]
            if node.path == f"{self._definition.nodes[0].path}/meta":
                continue
            inside = next((each for each in blank.elements if each.name == node.name), None)
            element = inside or node.template or Element(node.name)
            if node.kind == "value":
                self._question(number, node, element)
                continue
            kind = "group" if node.kind == "group" else "repeat"
            self.survey.append(
                {
                    "type": f"begin_{kind}",
                    "name": node.name,
                    **self._shown(number),
                    **_facets(node),
                    **_attributes(element),
                }
            )
            self._below(number, element)
            self.survey.append({"type": f"end_{kind}", "name": node.name})

    def _question(self, number: int, node: NodeDefinition, element: Element) -> None:
        controls = self._controls.get(number, [])
        row: Row = {
            "type": self._type(node, controls),
            "name": node.name,
            **self._shown(number),
            **_facets(node),
            **_attributes(element),
        }
        for language, wording in node.constraint_message.items():
            row[_column("constraint_message", language)] = _written(wording)
        for language, wording in node.required_message.items():
            row[_column("required_message", language)] = _written(wording)
        if isinstance(element.content, str) and element.content:
            row["default"] = element.content
        for action in self._definition.actions:
            if action.node != number:
                continue
            if action.source is not None:
                row["trigger"] = f"${{{self._definition.nodes[action.source].name}}}"
                row["calculation"] = action.value.text
            elif action.event == "odk-instance-first-load":
                row["default"] = action.value.text
        self.survey.append(row)

    def _type(self, node: NodeDefinition, controls: list[Control]) -> str:
        if not controls:
            if node.preload is not None:
                return _PRELOADS.get(node.preload, "hidden")
            return "calculate" if "calculate" in node.facets else "hidden"
        control = controls[0]
        if found := list_offered(control.itemset):
            return f"select_one_external {self._kept_apart(found, node)}"
        if control.kind in _CHOICES:
            return f"{_CHOICES[control.kind]}{self._from_file(control)} {self._list(control)}"
        if control.kind == "upload":
            return _UPLOADS.get(control.attributes.get("mediatype", ""), "file")
        if control.kind == "trigger":
            return "acknowledge"
        if control.kind == "range":
            return "range"
        if node.type == "string" and node.facets.get("readonly", Source("", "")).text.strip() == "true()":
            return "note"
        return _INPUTS.get(node.type, "text")

    def _kept_apart(self, found: str, node: NodeDefinition) -> str:
        """A list of choices that lies in a file of its own: the sheet external_choices has all of them."""
        if FILE not in self._files:
            raise FormRefused(
                [FormProblem(f"Its choices lie in {FILE}, which is not at hand.", node.path, _TAKE_XFORM)]
            )
        self.external = rows_of_file(self._files[FILE])
        return found

    def _from_file(self, control: Control) -> str:
        """How the type goes on where the choices lie in a file."""
        name = "" if control.itemset is None else instance_of(control.itemset.nodeset.text)
        return "_from_file" if name in self._definition.external and control.kind != "rank" else ""

    def _list(self, control: Control) -> str:
        """The list of choices; two controls with the same choices share one."""
        if control.itemset is not None:
            if "instance(" not in control.itemset.nodeset.text:
                # Choices that come from the answers of a repeat.
                return f"${{{control.itemset.value.text.strip().rpartition('/')[2]}}}"
            name = instance_of(control.itemset.nodeset.text)
            address = self._definition.external.get(name)
            if address is not None:
                return address.rpartition("/")[2]
            if name not in self._lists:
                self._lists[name] = name
                self._add_instance(name)
            return name
        told = repr([(item.value, item.label) for item in control.items])
        if told not in self._lists:
            name = self._lists[told] = f"list_{len(self._lists) + 1}"
            for item in control.items:
                self.choices.append({"list_name": name, "name": item.value, **_said("label", item.label)})
        return self._lists[told]

    def _add_instance(self, name: str) -> None:
        root = self._definition.instances.get(name)
        for item in root.elements if root is not None else []:
            values = {each.name: each.content for each in item.elements if isinstance(each.content, str)}
            row = {"list_name": name, "name": values.pop("name", "")}
            text = values.pop("itextId", None)
            if text is not None:
                row.update(_said("label", self._definition.texts.get(text, {})))
            self.choices.append({**row, **values})

    def _shown(self, number: int) -> Row:
        row: Row = {}
        for control in self._controls.get(number, []):
            row.update(_said("label", control.label))
            row.update(_said("hint", control.hint))
            row.update(_said("guidance_hint", control.guidance))
            row.update({"appearance": control.appearance} if control.appearance else {})
            parameters = parameters_of(control)
            if parameters:
                row["parameters"] = " ".join(f"{key}={value}" for key, value in parameters.items())
            if control.itemset is not None and (chosen := filter_of(control)):
                row["choice_filter"] = chosen
        return row


def _attributes(element: Element) -> Row:
    """What the element says of itself beside its value, e.g. from which rating on an item fails."""
    return {f"instance::{key}": value for key, value in element.attributes.items() if key != "template"}


def _facets(node: NodeDefinition) -> Row:
    row = {_FACETS[name]: source.text for name, source in node.facets.items() if name in _FACETS}
    count = row.get("repeat_count", "").strip()
    if _PLAIN_PATH.match(count):
        # A path would become a calculation of its own; a reference stays what it is.
        row["repeat_count"] = f"${{{count.rpartition('/')[2]}}}"
    return row


def _column(name: str, language: str) -> str:
    return f"{name}::{language}" if language else name


def _said(name: str, text: Text) -> Row:
    row: Row = {}
    for language, wording in text.items():
        row[_column(name, language)] = _written(wording)
        for kind in _MEDIA:
            if kind in wording.media:
                row[_column(kind, language)] = wording.media[kind].rpartition("/")[2]
    return {column: written for column, written in row.items() if written}


def _written(wording: Wording) -> str:
    """A wording as a cell: what is computed in it is named by the last step of its path."""
    return "".join(
        part if isinstance(part, str) else f"${{{part.text.strip().rpartition('/')[2]}}}"
        for part in wording.parts
    )
