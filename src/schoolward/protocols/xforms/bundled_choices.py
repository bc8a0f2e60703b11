"""Choices of ``itemsets.csv`` put into the form that looks them up: each such question becomes a select."""

from __future__ import annotations

import csv
import re
from xml.etree.ElementTree import Element as XmlElement
from xml.etree.ElementTree import SubElement

from .compiling.files import read_file
from .definition import Element, Text
from .external_choices import FILE, LABEL, TEXT, VALUE, items_of, list_asked, query_for
from .problems import FormProblem, FormRefused
from .reading.markup import XFORMS, attribute, child, children, name_of
from .reading.texts import Texts

XML_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
"""What a column may be called, so that it can be an element."""


def put_in_choices(root: XmlElement, content: bytes | None) -> list[FormProblem]:
    """Change an XForm so that it needs no ``itemsets.csv``, whose bytes are given; says what is wrong."""
    asking = [
        (element, query)
        for element in root.iter(f"{{{XFORMS}}}input")
        if (query := attribute(element, "query")) and list_asked(query)
    ]
    model = child(child(root, "head"), "model")
    if not asking or model is None:
        return []
    if content is None:
        mend = f"Add {FILE} to it."
        return [FormProblem(f"The form reads {FILE}, which is not in the ZIP file.", mend=mend)]
    try:
        rows = read_file(FILE, content)
        ids = {name: _add_list(model, name, rows) for name in dict.fromkeys(list_asked(q) for _, q in asking)}
    except FormRefused as refused:
        return list(refused.problems)
    except (ValueError, csv.Error) as error:
        return [FormProblem(f"The file cannot be read: {error}.", FILE)]
    label = LABEL if Texts(model).languages == [""] else f"jr:itext({TEXT})"
    for element, query in asking:
        element.tag = f"{{{XFORMS}}}select1"
        del element.attrib["query"]
        nodeset = query_for(query, ids[list_asked(query)])
        itemset = SubElement(element, f"{{{XFORMS}}}itemset", {"nodeset": nodeset})
        SubElement(itemset, f"{{{XFORMS}}}value", {"ref": VALUE})
        SubElement(itemset, f"{{{XFORMS}}}label", {"ref": label})
    return []


def _add_list(model: XmlElement, list_name: str, rows: Element) -> str:
    """Add a list as an instance; returns its id, which is the list's name unless another one has that."""
    texts = Texts(model)
    found, labels = items_of(rows, list_name, texts.languages)
    for item in found.elements:
        # A name of a column that XML does not know cannot be asked for in a filter either.
        item.content = [each for each in item.elements if XML_NAME.match(each.name)]
    taken = {attribute(each, "id") for each in children(model, "instance")}
    identifier = list_name
    while identifier in taken:
        identifier += "_"
    instance = XmlElement(f"{{{XFORMS}}}instance", {"id": identifier})
    instance.append(written(found))
    last = max(place for place, each in enumerate(model) if name_of(each) == "instance")
    model.insert(last + 1, instance)
    _add_texts(model, labels)
    return identifier


def _add_texts(model: XmlElement, labels: dict[str, Text]) -> None:
    itext = child(model, "itext")
    for translation in [] if itext is None else children(itext, "translation"):
        language = attribute(translation, "lang") or ""
        for key, text in labels.items():
            wording = text.get(language, text[""])
            added = SubElement(translation, f"{{{XFORMS}}}text", {"id": key})
            told = "".join(part for part in wording.parts if isinstance(part, str))
            SubElement(added, f"{{{XFORMS}}}value").text = told


def written(element: Element) -> XmlElement:
    """A row or a value as XML, in the namespace of forms."""
    made = XmlElement(f"{{{XFORMS}}}{element.name}", dict(element.attributes))
    if isinstance(element.content, str):
        made.text = element.content
        return made
    made.extend(written(each) for each in element.content)
    return made
