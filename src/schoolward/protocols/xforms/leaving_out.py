"""A form in which some questions are never asked, wherever it is filled."""

from __future__ import annotations

from collections.abc import Collection
from xml.etree.ElementTree import SubElement, tostring

from .bundles import name_prefixes
from .problems import FormProblem, FormRefused
from .reading.markup import XFORMS, attribute, child, children, parse_xml, plain_path

_NEVER = "false()"


def never_asked(xml: bytes, paths: Collection[str]) -> bytes:
    """An XForm in which the questions at these paths are relevant nowhere. Raises :class:`FormRefused`."""
    root = parse_xml(xml)
    model = child(child(root, "head"), "model")
    instance = None if model is None else child(model, "instance")
    if model is None or instance is None or not len(instance):
        raise FormRefused([FormProblem("The form has no model with an instance in it.")])
    top = f"/{instance[0].tag.rpartition('}')[2]}"
    left = set(paths)
    for bind in children(model, "bind"):
        path = plain_path(attribute(bind, "nodeset") or "")
        path = path if path.startswith("/") else f"{top}/{path}"
        if path in left:
            bind.set("relevant", _NEVER)
            left.discard(path)
    for path in sorted(left):
        SubElement(model, f"{{{XFORMS}}}bind", {"nodeset": path, "relevant": _NEVER})
    name_prefixes()
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
