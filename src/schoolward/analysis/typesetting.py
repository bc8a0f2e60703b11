"""Typst's text set as PDF/UA-1 with our own typefaces: the same bytes on every machine, nothing fetched.

Typst refuses a picture without a description, a skipped heading, and any character that no typeface has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files as package_files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

__all__ = ["BrokenPicture", "MissingCharacter", "moment_of", "typeset"]

_MISSING = re.compile(r'the text `"(?P<text>.*?)"` could not be displayed')
_UNREADABLE = "failed to decode image"
_TEXTS = (".typ", ".json", ".svg")


class BrokenPicture(ValueError):
    """A picture is damaged, or is none. Typst does not say which: set each by itself to know."""


class MissingCharacter(ValueError):
    """No typeface has `character`."""

    def __init__(self, character: str) -> None:
        self.character = character
        super().__init__(f"no typeface has the character {character!a}")


def typeset(files: Mapping[str, bytes], *, moment: int) -> bytes:
    """Set `main.typ` of these files by their names; `moment` (seconds since 1970) is written in the paper.

    Raises:
        MissingCharacter: a text cannot be printed.
        BrokenPicture: a picture cannot be read.
    """
    import typst  # loads a shared library: only what prints pays for it

    try:
        with _readable(files) as source:
            made: bytes = typst.compile(source, font_paths=_fonts(), pdf_standards=["ua-1"], timestamp=moment)
    except typst.TypstError as error:
        if _UNREADABLE in str(error):
            raise BrokenPicture(str(error)) from error
        found = _MISSING.search(str(error))
        if found is None:
            raise
        raise MissingCharacter(_unescaped(found["text"])) from error
    return made


def moment_of(day: date) -> int:
    """The moment at which a day begins, as a paper of that day bears it."""
    return int(datetime.combine(day, datetime.min.time(), UTC).timestamp())


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), text)


@contextmanager
def _readable(files: Mapping[str, bytes]) -> Iterator[Mapping[str, bytes] | str]:
    """What Typst reads: the files as they are; with photographs, which are no text, a folder of them."""
    if all(name.endswith(_TEXTS) for name in files):
        yield files
        return
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield str(Path(folder, "main.typ"))


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Our typeface and those that Typst carries, never the machine's: the same paper everywhere."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, font_paths=[str(package_files("font_source_sans_pro") / "files")]
    )
