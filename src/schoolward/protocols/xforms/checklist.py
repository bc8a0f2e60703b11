"""A checklist as an XForm: stretches of questions, each with a rating, a note and photographs.

Every client that reads XForms can ask it. What only our own page understands stands where others look past
it: the appearance ``folded`` of what need not be seen until a rating fails, and at a rating the attribute
``fails-at``, the highest value that fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from xml.etree.ElementTree import Element, SubElement, tostring

from schoolward.protocols.xforms.reading.markup import JAVAROSA, OPENROSA, XFORMS, XHTML

MOST_PHOTOS = 3
"""So many photographs may stand at one question."""
LONGEST_NOTE = 2000
FOLDED = "folded"
"""The appearance of a question that may stay folded away until the rating beside it fails."""
PIN = r"^(0|1|0?\.[0-9]+|1\.0+) (0|1|0?\.[0-9]+|1\.0+)$"
"""A place on a plan: shares of its width and height from the upper left, with a blank between."""
OURS = "https://schoolward.org/xforms"
_UNFIT = re.compile(r"[^A-Za-z0-9_.-]")
_STARTS = re.compile(r"[A-Za-z_]")


@dataclass(frozen=True)
class Question:
    """One statement to be rated. ``choices`` are values and labels; ``fails_at`` the highest that fails."""

    code: str
    text: str
    choices: tuple[tuple[str, str], ...]
    help: str = ""
    fails_at: int | None = None


@dataclass(frozen=True)
class Stretch:
    """Questions that are asked at one place."""

    key: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Wordings:
    """What the form says beside its questions, in the language of those who fill it."""

    note: str
    photo: str
    further_photo: str
    pin: str
    note_too_long: str
    pin_unfit: str
    place: str


ENGLISH = Wordings(
    note="Note: where exactly, and what? No names.",
    photo="Photograph",
    further_photo="One more photograph",
    pin="Its place on the plan",
    note_too_long=f"Write at most {LONGEST_NOTE:,} characters.",
    pin_unfit="Write two shares of the plan's width and height, such as 0.25 0.5.",
    place="Where you stand, at what is in the way",
)


@dataclass(frozen=True)
class Place:
    """What a question of the form is about: the item's code and which part of it.

    ``part`` is ``rating``, ``note``, ``place``, ``photo`` or ``pin``; ``number`` tells photographs and their
    pins apart, from 1.
    """

    code: str
    part: str
    number: int = 1


@dataclass(frozen=True)
class Checklist:
    """The XForm, and what each of its questions is about, by path."""

    xml: bytes
    places: dict[str, Place]


def checklist_form(
    *,
    form_id: str,
    title: str,
    stretches: Sequence[Stretch],
    with_pins: bool,
    with_places: bool = False,
    says: Wordings = ENGLISH,
) -> Checklist:
    """Write a checklist as an XForm. Its version is the digest of what it asks.

    A pin is asked for each photograph where ``with_pins``; only our own page can show a plan to tap on.
    ``with_places``, the position on earth is asked for each question, as every client can take it.
    """
    writer = _Writer(with_pins, with_places, says)
    for stretch in stretches:
        writer.stretch(stretch)
    return Checklist(writer.document(form_id, title), writer.places)


class _Writer:
    """Instance, binds and body of one form, which grow together."""

    def __init__(self, with_pins: bool, with_places: bool, says: Wordings) -> None:
        self._with_pins = with_pins
        self._with_places = with_places
        self._says = says
        self._data = Element("data")
        self._binds: list[dict[str, str]] = []
        self._body = Element("h:body")
        self.places: dict[str, Place] = {}

    def stretch(self, stretch: Stretch) -> None:
        """Add a group with its questions."""
        element = SubElement(self._data, _free(_name(stretch.key), self._data))
        path = f"/data/{element.tag}"
        group = SubElement(self._body, "group", ref=path)
        _label(group, stretch.title)
        for question in stretch.questions:
            self._question(question, element, path, group)

    def _question(self, question: Question, around: Element, path: str, group: Element) -> None:
        element = SubElement(around, _free(_name(question.code), around))
        own = f"{path}/{element.tag}"
        # One screen of a client that shows a question at a time.
        shown = SubElement(group, "group", ref=own, appearance="field-list")
        self._rating(question, element, own, shown)
        self._note(question, element, own, shown)
        if self._with_places:
            self._place(question, element, own, shown)
        before = ""
        for number in range(1, MOST_PHOTOS + 1):
            before = self._photo(question, number, before, element, own, shown)

    def _bound(self, element: Element, path: str, name: str, place: Place, **bind: str) -> str:
        SubElement(element, name)
        found = f"{path}/{name}"
        self._binds.append({"nodeset": found, **bind})
        self.places[found] = place
        return found

    def _rating(self, question: Question, element: Element, own: str, shown: Element) -> None:
        place = Place(question.code, "rating")
        asked = SubElement(shown, "select1", ref=self._bound(element, own, "rating", place, type="string"))
        if question.fails_at is not None:
            asked.set("ours:fails-at", str(question.fails_at))
        _label(asked, question.text)
        if question.help:
            SubElement(asked, "hint").text = question.help
        for value, label in question.choices:
            item = SubElement(asked, "item")
            _label(item, label)
            SubElement(item, "value").text = value

    def _note(self, question: Question, element: Element, own: str, shown: Element) -> None:
        bind = {
            "type": "string",
            "constraint": f"string-length(.) <= {LONGEST_NOTE}",
            "jr:constraintMsg": self._says.note_too_long,
        }
        path = self._bound(element, own, "note", Place(question.code, "note"), **bind)
        # "multiline": Collect and ours show more than one line.
        note = SubElement(shown, "input", ref=path, appearance=f"multiline {FOLDED}")
        _label(note, self._says.note)

    def _place(self, question: Question, element: Element, own: str, shown: Element) -> None:
        path = self._bound(element, own, "place", Place(question.code, "place"), type="geopoint")
        _label(SubElement(shown, "input", ref=path, appearance=FOLDED), self._says.place)

    def _photo(
        self, question: Question, number: int, before: str, element: Element, own: str, shown: Element
    ) -> str:
        place = Place(question.code, "photo", number)
        once = {"relevant": f"{before} != ''"} if before else {}
        path = self._bound(element, own, f"photo{number}", place, type="binary", **once)
        photo = SubElement(shown, "upload", ref=path, mediatype="image/*", appearance=FOLDED)
        _label(photo, self._says.further_photo if before else self._says.photo)
        if self._with_pins:
            bind = {
                "type": "string",
                "relevant": f"{path} != ''",
                "constraint": f"regex(., '{PIN}')",
                "jr:constraintMsg": self._says.pin_unfit,
            }
            pin = Place(question.code, "pin", number)
            pinned = self._bound(element, own, f"pin{number}", pin, **bind)
            _label(SubElement(shown, "input", ref=pinned, appearance="pin"), self._says.pin)
        return path

    def document(self, form_id: str, title: str) -> bytes:
        """The whole form."""
        meta = SubElement(self._data, "orx:meta")
        SubElement(meta, "orx:instanceID")
        html = Element(
            "h:html",
            {
                "xmlns": XFORMS,
                "xmlns:h": XHTML,
                "xmlns:jr": JAVAROSA,
                "xmlns:orx": OPENROSA,
                "xmlns:ours": OURS,
            },
        )
        head = SubElement(html, "h:head")
        SubElement(head, "h:title").text = title
        model = SubElement(head, "model")
        SubElement(model, "instance").append(self._data)
        for bind in self._binds:
            SubElement(model, "bind", bind)
        SubElement(
            model,
            "bind",
            {"nodeset": "/data/orx:meta/orx:instanceID", "type": "string", "jr:preload": "uid"},
        )
        html.append(self._body)
        self._data.set("id", form_id)
        self._data.set("version", sha256(bytes(tostring(html))).hexdigest()[:12])
        return bytes(tostring(html, encoding="utf-8", xml_declaration=True))


def _label(element: Element, text: str) -> None:
    SubElement(element, "label").text = text


def _name(code: str) -> str:
    """A code as the name of an element."""
    name = _UNFIT.sub("_", code)
    return name if _STARTS.match(name) else f"_{name}"


def _free(name: str, around: Element) -> str:
    """The name, or with a number behind it where a sibling bears it already."""
    taken = {one.tag for one in around}
    return next(found for found in _numbered(name) if found not in taken)


def _numbered(name: str) -> Iterable[str]:
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1
