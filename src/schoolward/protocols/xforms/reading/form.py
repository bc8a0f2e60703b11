"""The whole XForm: head, model and body put together."""

from __future__ import annotations

from xml.etree.ElementTree import Element as XmlElement
from xml.etree.ElementTree import SubElement

from schoolward.protocols.xforms.definition import Action, Definition, NodeDefinition, Source
from schoolward.protocols.xforms.external_choices import address_of, instance_of_list
from schoolward.protocols.xforms.problems import FormProblem, FormRefused

from .binds import Binds, bind_ids
from .body import ACTIONS, Body, structure
from .instances import PrimaryInstance, secondary
from .markup import OPENROSA, XFORMS, attribute, child, children, name_of, namespace_of, parse_xml, plain_path
from .texts import Texts

_EVENTS = frozenset(
    (
        "odk-instance-first-load",
        "odk-instance-load",
        "odk-new-repeat",
        "xforms-value-changed",
        "xforms-revalidate",
    )
)
MOST_NODES = 20_000


def read_form(data: bytes) -> Definition:
    """Read an XForm. Raises :class:`FormRefused` with everything that is wrong with its structure."""
    html = parse_xml(data)
    model = child(child(html, "head"), "model")
    body = child(html, "body")
    if name_of(html) != "html" or model is None:
        raise FormRefused(
            [
                FormProblem(
                    "This XML is no XForm: it has no <h:html> with a <model>.",
                    mend="Give an XForm or XLSForm.",
                )
            ]
        )
    instances = children(model, "instance")
    if not instances or not len(instances[0]):
        raise FormRefused([FormProblem("The model has no instance with an element in it.", "<model>")])
    return _Reader(html, model, body, instances).read()


class _Reader:
    def __init__(
        self, html: XmlElement, model: XmlElement, body: XmlElement | None, instances: list[XmlElement]
    ) -> None:
        self._html = html
        self._model = model
        self._body = body
        self._instances = instances
        self._problems: list[FormProblem] = []
        self._notices: list[tuple[str, str, str]] = []

    def read(self) -> Definition:
        texts = Texts(self._model)
        ids = bind_ids(self._model)
        repeats, groups = (set(), set()) if self._body is None else structure(self._body, ids)
        _add_instance_id(self._instances[0][0])
        primary = PrimaryInstance(self._instances[0][0], repeats, groups)
        nodes = primary.nodes
        if len(nodes) > MOST_NODES:
            raise FormRefused([FormProblem(f"The form has more than {MOST_NODES:,} elements.")])
        paths = {node.path: number for number, node in enumerate(nodes)}
        binds = Binds(texts, nodes)
        binds.apply(self._model)
        _fill_instance_id(nodes)
        shown = Body(texts, paths, ids)
        body = [] if self._body is None else shown.controls(self._body)
        for number, count in shown.counts.items():
            nodes[number].facets["count"] = count
        self._notices += [*primary.notices, *binds.notices]
        self._problems += [*binds.problems, *shown.problems]
        actions = self._actions(shown.actions, paths, ids)
        self._notice_submission()
        inside, outside = secondary(self._instances[1:])
        outside |= {instance_of_list(name): address_of(name) for name in sorted(shown.lists)}
        title = child(child(self._html, "head"), "title")
        root = primary.blank
        definition = Definition(
            id=root.attributes.get("id") or nodes[0].namespace or nodes[0].name,
            version=root.attributes.get("version", ""),
            title=(title.text or "").strip() if title is not None else "",
            languages=texts.languages,
            nodes=nodes,
            blank=root,
            instances=inside,
            external=outside,
            texts=texts.by_id,
            body=body,
            actions=actions,
            notices=self._notices,
        )
        _finish_types(definition)
        if self._problems:
            raise FormRefused(self._problems)
        return definition

    def _actions(
        self, nested: list[tuple[XmlElement, int | None]], paths: dict[str, int], ids: dict[str, str]
    ) -> list[Action]:
        at_the_top = [
            (each, None) for each in self._model if isinstance(each.tag, str) and name_of(each) in ACTIONS
        ]
        found = []
        for element, source in [*at_the_top, *nested]:
            found += self._action(element, source, paths, ids)
        return found

    def _action(
        self, element: XmlElement, source: int | None, paths: dict[str, int], ids: dict[str, str]
    ) -> list[Action]:
        path = ids.get(attribute(element, "bind") or "") or plain_path(attribute(element, "ref") or "")
        name = name_of(element)
        if name != "setvalue":
            self._notices.append(("action", path, f"<{name}> is left out; it needs a device that does it."))
            return []
        if "/@" in path:
            text = "A value of an attribute is not set, so no entity is made of it; answers are kept."
            self._notices.append(("attribute", path, text))
            return []
        node = paths.get(path)
        if node is None:
            self._problems.append(
                FormProblem("A <setvalue> is for a node that is not in the instance.", path)
            )
            return []
        written = attribute(element, "value")
        value = written if written is not None else _literal(element.text or "")
        found = []
        for event in (
            attribute(element, "event") or attribute(element, "event", _EVENTS_NAMESPACE) or ""
        ).split():
            if event not in _EVENTS:
                self._notices.append(("action", path, f"The event {event} is unknown; nothing is set at it."))
            elif event == "xforms-value-changed" and source is None:
                self._notices.append(
                    ("action", path, f"<setvalue> at {event} stands in no question; it is left out.")
                )
            else:
                where = f"{path} (setvalue at {event})"
                found.append(Action(event, node, Source(value or "''", where), source))
        return found

    def _notice_submission(self) -> None:
        submission = child(self._model, "submission")
        if submission is not None and attribute(submission, "base64RsaPublicKey"):
            text = "The form asks for encrypted submissions; they are received unencrypted over TLS."
            self._notices.append(("encryption", "<submission>", text))


_EVENTS_NAMESPACE = "http://www.w3.org/2001/xml-events"


def _add_instance_id(root: XmlElement) -> None:
    """Every instance needs an id; without one a submission cannot be told from the next."""
    meta = child(root, "meta")
    if meta is None:
        meta = SubElement(root, f"{{{OPENROSA}}}meta")
    if child(meta, "instanceID") is None:
        SubElement(meta, f"{{{namespace_of(meta) or XFORMS}}}instanceID")


def _fill_instance_id(nodes: list[NodeDefinition]) -> None:
    for node in nodes:
        if (
            node.path == f"{nodes[0].path}/meta/instanceID"
            and node.preload is None
            and "calculate" not in node.facets
        ):
            node.preload = ("uid", "")


def _literal(text: str) -> str:
    """Text as an XPath literal; XPath 1.0 has no escape, so one kind of quotation mark must be free."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    pieces = ', "\'", '.join(f"'{piece}'" for piece in text.split("'"))
    return f"concat({pieces})"


def _finish_types(definition: Definition) -> None:
    """A node without a type is text, or a file where it is uploaded; a choice is text in any case."""
    nodes: list[NodeDefinition] = definition.nodes
    for control in definition.controls():
        if control.node is None or nodes[control.node].kind != "value":
            continue
        if control.kind in ("select1", "select", "rank", "trigger"):
            nodes[control.node].type = "string"
        elif control.kind == "upload":
            nodes[control.node].type = nodes[control.node].type or "binary"
    for node in nodes:
        node.type = node.type or "string"
