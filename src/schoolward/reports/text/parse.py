"""Reading a section's text. Pure: no database, no clock."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, replace
from datetime import date

PERIODS: tuple[str, ...] = (
    "school-year",
    "last-school-year",
    "year-before-last",
    "twelve-months",
    "twelve-months-before",
    "to-date",
)
SHOWN: tuple[str, ...] = ("value", "parts", "numerator", "denominator", "records", "interval")
_OPTIONS = {"period": PERIODS, "from": None, "to": None, "site": None, "show": SHOWN}
_PIECE = re.compile(r"\[\[(?P<inside>.*?)\]\]|\*\*(?P<strong>.+?)\*\*", re.DOTALL)
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


class TextError(ValueError):
    """A token that cannot be read. The message names the token and its mend."""

    def __init__(self, token: str, trouble: str) -> None:
        super().__init__(f"[[{token}]]: {trouble}")
        self.token = token


@dataclass(frozen=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words with weight."""

    text: str


@dataclass(frozen=True)
class Token:
    """A live number: a measure's key and how it is asked. ``strong``: it stands between two asterisks."""

    key: str
    options: tuple[tuple[str, str], ...] = ()
    strong: bool = False

    @property
    def raw(self) -> str:
        """The token in one canonical spelling, without the brackets."""
        return " ".join([self.key, *(f"{name}={value}" for name, value in self.options)])

    def option(self, name: str) -> str:
        """The option's text, empty where it is not given."""
        return dict(self.options).get(name, "")


@dataclass(frozen=True)
class Cite:
    """The source of a public fact."""

    source: str


@dataclass(frozen=True)
class PeriodName:
    """A period by its name, printed in words as of the report's date."""

    name: str


Piece = Text | Strong | Token | Cite | PeriodName


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Heading:
    """A heading within a section."""

    text: str


@dataclass(frozen=True)
class Show:
    """A table, chart or strip of figures that the report knows by name."""

    name: str


Node = Paragraph | Bullets | Heading | Show


@dataclass
class _Open:
    """The paragraph or list being read."""

    lines: list[str] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=list)


def parse(text: str) -> list[Node]:
    """Read a section's text into its blocks. Raises :class:`TextError`."""
    nodes: list[Node] = []
    current = _Open()

    def close() -> None:
        if current.items:
            nodes.append(Bullets(tuple(_pieces(" ".join(item)) for item in current.items)))
        if current.lines:
            nodes.append(Paragraph(_pieces(" ".join(current.lines))))
        current.items, current.lines = [], []

    for line in (raw.strip() for raw in text.replace("\r\n", "\n").split("\n")):
        alone = re.fullmatch(r"\[\[\s*show:\s*(.*?)\s*\]\]", line)
        if not line:
            close()
        elif alone:
            close()
            nodes.append(Show(alone[1]))
        elif line.startswith("### "):
            close()
            nodes.append(Heading(line[4:].strip()))
        elif line.startswith("- "):
            if current.lines:
                close()
            current.items.append([line[2:].strip()])
        elif current.items:
            current.items[-1].append(line)
        else:
            current.lines.append(line)
    close()
    return nodes


def _pieces(text: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    end = 0
    for found in _PIECE.finditer(text):
        _add_text(pieces, text[end : found.start()])
        if found["strong"]:
            pieces += map(_strong, _pieces(found["strong"]))
        else:
            pieces.append(_inside(found["inside"].strip()))
        end = found.end()
    rest = text[end:]
    if "[[" in rest:
        raise TextError(rest[rest.index("[[") + 2 :][:40], "the token is not closed; end it with ]]")
    _add_text(pieces, rest)
    return tuple(pieces)


def _strong(piece: Piece) -> Piece:
    if isinstance(piece, Text):
        return Strong(piece.text)
    return replace(piece, strong=True) if isinstance(piece, Token) else piece


def _add_text(pieces: list[Piece], text: str) -> None:
    if text:
        pieces.append(Text(text))


def _inside(inside: str) -> Piece:
    if inside.startswith("cite:"):
        source = inside.removeprefix("cite:").strip()
        if not source:
            raise TextError(inside, "names no source; write what it is and where it can be read")
        return Cite(source)
    if inside.startswith("period:"):
        return PeriodName(_period_name(inside))
    if inside.startswith("show:"):
        raise TextError(inside, "a table or chart stands on a line alone; move it to its own line")
    key, *words = inside.split()
    if not _KEY.fullmatch(key):
        raise TextError(inside, f"{key!r} is no measure's key; keys look like incidents.total")
    options = tuple(sorted(_option(inside, word) for word in words))
    names = [name for name, _value in options]
    if len(names) != len(set(names)):
        raise TextError(inside, "an option is given twice; keep one")
    if "period" in names and {"from", "to"} & set(names):
        raise TextError(inside, "give either a period or dates, not both")
    return Token(key, options)


def _period_name(inside: str) -> str:
    name = inside.removeprefix("period:").strip()
    if name not in PERIODS:
        raise TextError(inside, f"there is no period {name!r}; use one of {', '.join(PERIODS)}")
    return name


def _option(inside: str, word: str) -> tuple[str, str]:
    name, parted, value = word.partition("=")
    if not parted or not value or name not in _OPTIONS:
        near = difflib.get_close_matches(name, _OPTIONS, n=1)
        hint = f"did you mean {near[0]}=…?" if near else f"the options are {', '.join(_OPTIONS)}"
        raise TextError(inside, f"{word!r} is no option; {hint}")
    allowed = _OPTIONS[name]
    if allowed and value not in allowed:
        raise TextError(inside, f"{name} is {value!r}; use one of {', '.join(allowed)}")
    if name in ("from", "to"):
        try:
            date.fromisoformat(value)
        except ValueError:
            raise TextError(inside, f"{name} is {value!r}; write a date like 2012-09-06") from None
    return name, value
