"""A form under another id and title, and otherwise the same to the byte.

The prefixes in a form's expressions are only text to an XML reader, which is free to write other ones; so the
two places are found by a parser, and changed in the text.
"""

from __future__ import annotations

import re
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from .reading import parse_xml

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ID = re.compile(rb"""(?<=\s)id\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")
_NAME = re.compile(rb"<[^\s/>]+")


def renamed(xml: bytes, *, form_id: str, title: str) -> bytes:
    """Give the primary instance another ``id`` and the form another title; what lacks a title stays so.

    Raises :class:`FormRefused` for XML that is refused anyway, and ``ValueError`` where there is no instance.
    """
    parse_xml(xml)
    if xml.startswith(_WIDE):
        xml = _DECLARATION.sub("", xml.decode("utf-16"), count=1).encode()
    places = _Places(xml)
    if places.root is None:
        raise ValueError("The form has no instance.")
    # The later place first, so that the earlier one stays where it is.
    changes = [(places.root, _with_id(xml, places.root, form_id))]
    if places.title is not None:
        changes.append((places.title, escape(title).encode("ascii", "xmlcharrefreplace")))
    for (begin, end), text in sorted(changes, reverse=True):
        xml = xml[:begin] + text + xml[end:]
    return xml


def _with_id(xml: bytes, place: tuple[int, int], form_id: str) -> bytes:
    tag = xml[place[0] : place[1]]
    told = f"id={quoteattr(form_id)}".encode("ascii", "xmlcharrefreplace")
    if _ID.search(tag):
        return _ID.sub(lambda _found: told, tag, count=1)
    name = _NAME.match(tag)
    end = name.end() if name is not None else 1
    return tag[:end] + b" " + told + tag[end:]


class _Places:
    """Where the start tag of the instance's root is, and the text of the title: first byte, and one past."""

    def __init__(self, xml: bytes) -> None:
        self.root: tuple[int, int] | None = None
        self.title: tuple[int, int] | None = None
        self._xml = xml
        self._above: list[str] = []
        self._title_from = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.Parse(xml, True)

    def _begin(self, tag: str, _attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        at = self._parser.CurrentByteIndex
        found = _TAG.match(self._xml, at)
        if found is not None:
            if self.root is None and self._above[-2:] == ["model", "instance"]:
                self.root = found.span()
            if name == "title" and self._above[-1:] == ["head"] and not found.group().endswith(b"/>"):
                self._title_from = found.end()
        self._above.append(name)

    def _end(self, _tag: str) -> None:
        name = self._above.pop()
        if name == "title" and self._title_from and self.title is None:
            self.title = (self._title_from, self._parser.CurrentByteIndex)
