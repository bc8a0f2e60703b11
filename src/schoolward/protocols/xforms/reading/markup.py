"""XML without its dangers, and names without their prefixes."""

from __future__ import annotations

from xml.etree.ElementTree import Element as XmlElement
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from schoolward.protocols.xforms.problems import FormProblem, FormRefused

MOST_BYTES = 20_000_000
"""A larger XML file is refused."""
MOST_NESTED = 100
"""Deeper elements are refused: no runtime should run out of stack."""

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JAVAROSA = "http://openrosa.org/javarosa"
ODK = "http://www.opendatakit.org/xforms"
OPENROSA = "http://openrosa.org/xforms"
ENTITIES = "http://www.opendatakit.org/xforms/entities"


def parse_xml(data: bytes) -> XmlElement:
    """Parse a document. Raises :class:`FormRefused`; also for entities, which only attacks use here."""
    if len(data) > MOST_BYTES:
        raise FormRefused(
            [FormProblem(f"The file has more than {MOST_BYTES // 1_000_000} MB.", mend="Make it smaller.")]
        )
    try:
        root: XmlElement = defusedxml.ElementTree.fromstring(data, forbid_dtd=True)
    except ParseError as error:
        line, column = error.position
        reason = str(error).partition(":")[0]
        raise FormRefused(
            [FormProblem(f"This is no well-formed XML: {reason}.", f"line {line}, column {column + 1}")]
        ) from None
    except DefusedXmlException:
        raise FormRefused(
            [
                FormProblem(
                    "The file declares a document type or entities.", mend="Take the <!DOCTYPE …> out of it."
                )
            ]
        ) from None
    except (ValueError, LookupError) as error:
        raise FormRefused([FormProblem(f"The file cannot be decoded: {error}.")]) from None
    if _is_too_deep(root):
        raise FormRefused([FormProblem(f"Elements are nested more than {MOST_NESTED} deep.")])
    return root


def _is_too_deep(root: XmlElement) -> bool:
    level = [root]
    for _ in range(MOST_NESTED):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def name_of(element: XmlElement) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace_of(element: XmlElement) -> str:
    """The namespace of a name, ``""`` where it has none."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def children(element: XmlElement, name: str) -> list[XmlElement]:
    """The child elements of a name, whatever their namespace."""
    return [child for child in element if name_of(child) == name]


def child(element: XmlElement | None, name: str) -> XmlElement | None:
    """The first child element of a name."""
    return None if element is None else next(iter(children(element, name)), None)


def attribute(element: XmlElement, name: str, namespace: str = "") -> str | None:
    """An attribute's value, ``None`` where it is missing."""
    return element.get(f"{{{namespace}}}{name}" if namespace else name)


def plain_path(path: str) -> str:
    """A path without blanks and prefixes: ``/data/orx:meta`` is ``/data/meta``."""
    return "/".join(step.strip().rpartition(":")[2] for step in path.strip().split("/"))
