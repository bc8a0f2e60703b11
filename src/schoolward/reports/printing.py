"""The paper as PDF/UA-1, set by Typst with our own typefaces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from schoolward.analysis.typesetting import BrokenPicture, MissingCharacter, moment_of, typeset
from schoolward.reports.errors import CannotPrint

__all__ = ["BrokenPicture", "check_printable", "is_picture", "pdf"]

_PARTS = Path(__file__).parent / "parts.typ"
_TRIAL = """#set document(title: "trial")
#set text(lang: "en", font: ("Libertinus Serif", "DejaVu Sans Mono"))
#let words = json("words.json")
#words
#text(font: ("Source Sans Pro", "DejaVu Sans Mono"), weight: "semibold", words)
"""


def pdf(page: Path, data: dict[str, Any], pictures: Mapping[str, str | bytes], *, dated: date) -> bytes:
    """Set the report's page with its data and, by their names, its charts (SVG) and photographs.

    Typst refuses a picture without a description or a skipped heading, and any character that no typeface
    has: the last is raised as :class:`CannotPrint`, because an author can mend it. Raises
    :class:`BrokenPicture`.
    """
    return _set(
        {
            "main.typ": page.read_bytes(),
            "parts.typ": _PARTS.read_bytes(),
            "paper.json": json.dumps(data, ensure_ascii=False).encode(),
            **{
                name: picture.encode() if isinstance(picture, str) else picture
                for name, picture in pictures.items()
            },
        },
        moment=moment_of(dated),
    )


def is_picture(name: str, content: bytes) -> bool:
    """Whether the content can be printed as the picture that its name says it is."""
    page = f'#set document(title: "trial")\n#image({json.dumps(name)}, alt: "trial")\n'
    try:
        _set({"main.typ": page.encode(), name: content}, moment=0)
    except BrokenPicture:
        return False
    return True


def check_printable(words: str) -> None:
    """Raise :class:`CannotPrint` when the words hold a character that the typefaces of papers lack."""
    if words.isascii() and words.replace("\n", "").replace("\t", "").isprintable():
        return
    _set({"main.typ": _TRIAL.encode(), "words.json": json.dumps(words).encode()}, moment=0)


def _set(virtual: dict[str, bytes], *, moment: int) -> bytes:
    try:
        return typeset(virtual, moment=moment)
    except MissingCharacter as missing:
        raise CannotPrint(_sentence(missing.character, virtual)) from missing


def _sentence(character: str, virtual: Mapping[str, bytes]) -> str:
    """Which character it is and where it stands, in the words around it."""
    code = " ".join(f"U+{ord(one):04X}" for one in character)
    data = virtual.get("paper.json") or virtual.get("words.json") or b'""'
    around = next((text for text in _texts(json.loads(data)) if character in text), "")
    at = around.find(character)
    near = " ".join(around[max(at - 30, 0) : at + 30].split()) if around else ""
    named = character if character.isprintable() and not "\ue000" <= character <= "\uf8ff" else ""
    return _(
        "The character %(named)s(%(code)s) cannot be printed: no typeface of the paper has it. "
        "It stands in “%(near)s”. Write it in other letters; a bullet is a line that begins with “- ”."
    ) % {"named": f"“{named}” " if named else "", "code": code, "near": near}


def _texts(data: Any) -> list[str]:
    """Every text within a JSON value."""
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for value in values for text in _texts(value)]
