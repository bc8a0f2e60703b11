"""XPath 1.0 into tokens, with the rules of its section 3.7 for what is a name and what an operator."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_CHARACTERS = 100_000
"""An expression longer than this is refused; sums over a thousand questions have about 30,000."""

# Quotation marks and dashes of printed text lie between \u2000 and \u2BFF; they begin no name.
_NAME = r"[A-Za-z_\u00C0-\u1FFF\u2C00-\uFFFD][\w.\-\u00B7]*"
_TOKEN = re.compile(
    rf"""(?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<text>"[^"]*"|'[^']*')
      | (?P<axis>{_NAME})\s*::
      | (?P<name>{_NAME}:{_NAME}|{_NAME}:\*|{_NAME})
      | (?P<sign>\.\.|//|!=|<=|>=|[()\[\]@,./|+\-=<>*])""",
    re.VERBOSE,
)
_BLANK = re.compile(r"\s*")
_WORD_OPERATORS = frozenset(("and", "or", "mod", "div"))
# After one of these (or at the start) a name is a name and * a wildcard; after all else they are operators.
_BEFORE_OPERAND = frozenset(
    (
        "@",
        "(",
        "[",
        ",",
        "/",
        "//",
        "|",
        "+",
        "-",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "*op",
        "and",
        "or",
        "mod",
        "div",
    )
)


class XPathMalformed(Exception):
    """An expression that cannot be read. ``position`` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True)
class Token:
    """``kind`` is number, text, axis, name, sign or end; for operators that are words, sign."""

    kind: str
    text: str
    position: int


def tokens(source: str) -> list[Token]:
    """Cut an expression into tokens; the last has the kind ``end``. Raises :class:`XPathMalformed`."""
    if len(source) > MOST_CHARACTERS:
        raise XPathMalformed(f"The expression has more than {MOST_CHARACTERS:,} characters.", MOST_CHARACTERS)
    found: list[Token] = []
    position = _after_blanks(source, 0)
    previous = "("
    while position < len(source):
        match = _TOKEN.match(source, position)
        if match is None:
            raise XPathMalformed(_unreadable(source, position), position)
        kind = str(match.lastgroup)
        text = match[kind]
        operand_next = previous in _BEFORE_OPERAND
        if kind == "name" and not operand_next and text in _WORD_OPERATORS:
            kind = "sign"
        elif kind == "sign" and text == "*":
            text = "*" if operand_next else "*op"
        found.append(Token(kind, text, position))
        previous = "@" if kind == "axis" else text if kind == "sign" else ""
        position = _after_blanks(source, match.end())
    found.append(Token("end", "", len(source)))
    return found


def _after_blanks(source: str, position: int) -> int:
    match = _BLANK.match(source, position)
    return match.end() if match else position


def _unreadable(source: str, position: int) -> str:
    character = source[position]
    if character in "'\"":
        return f"A text that begins with {character} does not end."
    if character in "\u201c\u201d\u2018\u2019":
        return f"{character} is a typographic quotation mark; expressions need ' or \"."
    if source.startswith("${", position):
        return "${…} belongs into an XLSForm; an XForm has a path there."
    if character == "$":
        return "Variables ($name) are not supported."
    return f"{character} has no meaning here."
