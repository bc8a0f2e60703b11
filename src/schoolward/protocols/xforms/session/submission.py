"""A filled instance as XML, as OpenRosa submits it, and read back."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element as XmlElement
from xml.etree.ElementTree import SubElement, register_namespace, tostring

from schoolward.protocols.xforms.problems import FormProblem, FormRefused
from schoolward.protocols.xforms.reading.markup import OPENROSA, attribute, name_of, parse_xml

from .filling import Session
from .layout import Layout
from .programs import Program
from .sources import Sources
from .tree import Instance

register_namespace("orx", OPENROSA)
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no way to say (its section 2.2)."""


def write_submission(session: Session) -> bytes:
    """The instance as XML. What is not relevant is left out, as in every ODK client.

    Characters that XML 1.0 cannot say are left out of values; carriage returns are written as references,
    because a reader would take them for line feeds otherwise.
    """
    layout = session.program.layout
    root = XmlElement(_tag(layout, 0), layout.nodes[0].get("attributes", {}))
    _write(layout, session.root, root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)).replace(b"\r", b"&#13;")


def _tag(layout: Layout, number: int) -> str:
    namespace = layout.nodes[number].get("namespace", "")
    return f"{{{namespace}}}{layout.names[number]}" if namespace else layout.names[number]


def _write(layout: Layout, instance: Instance, element: XmlElement) -> None:
    for child in instance.children():
        if not child.live:
            continue
        made = SubElement(element, _tag(layout, child.node))
        if layout.kinds[child.node] == "value":
            made.text = _NO_XML.sub("", child.value)
        else:
            _write(layout, child, made)


def read_submission(
    program: Program, data: bytes, sources: Sources, *, known_as: str | None = None
) -> Session:
    """A session with what was submitted; calculations are made anew.

    ``known_as``: the id under which the form was given out, where it is another than its own. Raises
    :class:`FormRefused` where the XML is not of this form and version, or has elements that it lacks.
    """
    root = parse_xml(data)
    _check_form(program, root, known_as)
    problems: list[FormProblem] = []
    element = _element(program.layout, 0, root, f"/{program.layout.names[0]}", problems)
    if problems:
        raise FormRefused(problems)
    return Session(program, sources, element)


def _check_form(program: Program, root: XmlElement, known_as: str | None) -> None:
    name = program.layout.names[0]
    if name_of(root) != name:
        raise FormRefused([FormProblem(f"The submission's root is <{name_of(root)}>, not <{name}>.")])
    for key in ("id", "version"):
        given = attribute(root, key)
        known = known_as if known_as and key == "id" else program.form.get(key, "")
        if given is not None and given != known:
            raise FormRefused(
                [
                    FormProblem(
                        f"The submission is of the form's {key} '{given}', not '{known}'.",
                        mend=f"Read it with the form of that {key}.",
                    )
                ]
            )


def _element(
    layout: Layout, number: int, xml: XmlElement, path: str, problems: list[FormProblem]
) -> list[Any]:
    """The XML as an element of the compiled form; what the form does not know becomes a problem."""
    name = layout.names[number]
    if layout.kinds[number] == "value":
        return [name, xml.text or ""]
    content: list[Any] = []
    seen: dict[str, int] = {}
    for child in xml:
        if not isinstance(child.tag, str):
            continue
        child_name = name_of(child)
        child_number = layout.by_name[number].get(child_name)
        below = f"{path}/{child_name}"
        if child_number is None:
            problems.append(FormProblem("The form has no such element.", below))
            continue
        seen[child_name] = seen.get(child_name, 0) + 1
        if layout.kinds[child_number] == "repeat":
            below = f"{below}[{seen[child_name]}]"
        elif seen[child_name] > 1:
            problems.append(FormProblem("The element is there more than once, and is no repeat.", below))
            continue
        content.append(_element(layout, child_number, child, below, problems))
    return [name, content]
