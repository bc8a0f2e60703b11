"""The paper as PDF/UA-1, set by Typst with our own typefaces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files as package_files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from schoolward.reports.errors import CannotPrint

_MISSING = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed')
_UNREADABLE = "failed to decode image"
_PARTS = Path(__file__).parent / "parts.typ"
_TEXTS = (".typ", ".json", ".svg")
_TRIAL = """#set document(title: "trial")
#set text(lang: "en", font: ("Libertinus Serif", "DejaVu Sans Mono"))
#let words = json("words.json")
#words
#text(font: ("Source Sans Pro", "DejaVu Sans Mono"), weight: "semibold", words)
"""


class BrokenPicture(ValueError):
    """A picture is damaged, or is none. Typst does not say which: ask :func:`is_picture` of each."""


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
        moment=int(datetime.combine(dated, datetime.min.time(), UTC).timestamp()),
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
    import typst  # loads a shared library: only what prints pays for it

    try:
        with _readable(virtual) as source:
            made: bytes = typst.compile(source, font_paths=_fonts(), pdf_standards=["ua-1"], timestamp=moment)
    except typst.TypstError as error:
        if _UNREADABLE in str(error):
            raise BrokenPicture(str(error)) from error
        found = _MISSING.search(str(error))
        if found is None:
            raise
        raise CannotPrint(_sentence(found["text"], virtual)) from error
    return made


@contextmanager
def _readable(virtual: Mapping[str, bytes]) -> Iterator[Mapping[str, bytes] | str]:
    """What Typst reads: the files as they are; with photographs, which are no text, a folder of them."""
    if all(name.endswith(_TEXTS) for name in virtual):
        yield virtual
        return
    with TemporaryDirectory() as folder:
        for name, content in virtual.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield str(Path(folder, "main.typ"))


def _sentence(escaped: str, virtual: Mapping[str, bytes]) -> str:
    """Which character it is and where it stands, in the words around it."""
    character = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), escaped)
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


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Our typeface and those that Typst carries, never the machine's: the same paper everywhere."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(package_files("font_source_sans_pro") / "files")]
    )
