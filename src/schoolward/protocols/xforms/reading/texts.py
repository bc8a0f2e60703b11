"""Labels, hints and messages: written out, by reference to translations, with expressions in them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element as XmlElement

from schoolward.protocols.xforms.definition import Source, Text, Wording

from .markup import attribute, child, children, name_of

_ITEXT = re.compile(r"""^\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)")\s*\)\s*$""")
_BLANKS = re.compile(r"[ \t\r\n]+")


class Texts:
    """The translations of a form."""

    def __init__(self, model: XmlElement) -> None:
        itext = child(model, "itext")
        translations = [] if itext is None else children(itext, "translation")
        named = [(attribute(each, "lang") or "", each) for each in translations]
        named.sort(key=lambda pair: attribute(pair[1], "default") is None)
        self.languages = list(dict.fromkeys(language for language, _ in named)) or [""]
        self.by_id: dict[str, Text] = {}
        self._guidance: dict[str, Text] = {}
        for language, translation in named:
            for text in children(translation, "text"):
                self._add(language, text)

    def _add(self, language: str, text: XmlElement) -> None:
        identifier = attribute(text, "id") or ""
        where = f"translation {language}, text {identifier}"
        wording = Wording()
        for value in children(text, "value"):
            form = attribute(value, "form")
            if form == "guidance":
                self._guidance.setdefault(identifier, {})[language] = Wording(pieces(value, where))
            elif form:
                wording.media[form] = "".join(value.itertext()).strip()
            else:
                wording.parts = pieces(value, where)
        self.by_id.setdefault(identifier, {})[language] = wording

    def of(self, element: XmlElement | None, where: str) -> Text:
        """What a ``label`` or ``hint`` element says."""
        if element is None:
            return {}
        reference = attribute(element, "ref")
        if reference:
            return self.referred(reference, where)
        parts = pieces(element, where)
        return {"": Wording(parts)} if parts else {}

    def referred(self, reference: str, where: str) -> Text:
        """What ``jr:itext('id')`` stands for; any other expression stands for its value."""
        match = _ITEXT.match(reference)
        if match is None:
            return {"": Wording([Source(reference, where)])}
        return self.by_id.get(match[1] or match[2] or "", {})

    def message(self, written: str | None, where: str) -> Text:
        """A message of a bind: itself, or a reference."""
        if not written:
            return {}
        return self.referred(written, where) if _ITEXT.match(written) else {"": Wording([written])}

    def guidance(self, element: XmlElement | None) -> Text:
        """The longer hint that belongs to a hint by reference."""
        match = _ITEXT.match(attribute(element, "ref") or "") if element is not None else None
        return self._guidance.get(match[1] or match[2] or "", {}) if match else {}


def pieces(element: XmlElement, where: str) -> list[str | Source]:
    """Text and the values of ``output`` elements, with blanks as a browser shows them."""
    found: list[str | Source] = [element.text or ""]
    for inner in element:
        if name_of(inner) == "output":
            value = attribute(inner, "value") or attribute(inner, "ref") or ""
            if value.strip():
                found.append(Source(value, f"{where} (output)"))
        else:
            found.append("".join(inner.itertext()))
        found.append(inner.tail or "")
    texts = [_BLANKS.sub(" ", part) if isinstance(part, str) else part for part in found]
    if isinstance(texts[0], str):
        texts[0] = texts[0].lstrip(" ")
    if isinstance(texts[-1], str):
        texts[-1] = texts[-1].rstrip(" ")
    return [part for part in texts if part != ""]
