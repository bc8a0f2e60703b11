"""Figures that an author typed by hand: each needs a source, or should have been a live number.

A figure in words counts as well, from eleven on and as a share. Words up to ten are left to the author: style
guides have them spelt out, and "two reasons" or "three parts" counts nothing that is recorded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from schoolward.reports.text.parse import Bullets, Cite, Node, Paragraph, Piece, Strong, Text, Token

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What has digits and yet counts nothing: dates, school years, section signs, grades, ages, clock
# times, agenda items and the names of things.
_HARMLESS = re.compile(
    rf"""
      \b(?:{_MONTHS})\s+\d{{1,2}}(?:,\s*\d{{4}})?\b
    | \b\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?\b
    | \b(?:19|20)\d\d(?:\s*[-/–]\s*(?:\d\d){{1,2}})?\b
    | \b(?:section|code|grade|age|item|title|part)s?\s+[\d.]+
      (?:\s*(?:[-–]|to|and|through)\s*[\d.]+)?
    | §+\s*[\d.]+(?:\s*[-–]\s*[\d.]+)?
    | \b\d{{1,2}}:\d\d\b
    | \b(?:per|every|each)\s+1,000\b
    | \b24\s+hours\s+a\s+day\b | \b24/7\b | \bK-12\b | \bK[-–]\d\b
    """,  # noqa: RUF001 - authors write en dashes
    re.VERBOSE | re.IGNORECASE,
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_FIGURE = re.compile(
    rf"""
      \$?\d[\d,]*(?:\.\d+)?\s?%?
    | \b(?:{_TENS})(?:[-\s](?:{_UNITS}))?\b
    | \b(?:eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|dozens?|scores\s+of)\b
    | \b(?:hundred|thousand|million|billion)s?\b
    | \b(?:{_UNITS}|ten)\s+per\s?cent\b
    | \b(?:by|about|over|nearly|almost|than|under|up\s+to)\s+half\b | \bhalf\s+(?:of|as)\b
    | \b(?:a|an|one|two|three|four|five)[-\s](?:third|quarter|fifth|sixth|eighth|tenth)s?\b(?!\s+party)
    | \b(?:halved|doubled|tripled|trebled|quadrupled|twofold|threefold|tenfold)\b
    | \b(?:twice|{_UNITS}\s+times|ten\s+times)\s+as\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z(])")


@dataclass(frozen=True)
class TypedNumber:
    """A figure without records or source, and the sentence in which it stands."""

    figure: str
    sentence: str


def typed_numbers(nodes: list[Node]) -> list[TypedNumber]:
    """Every figure typed into a sentence that names no source."""
    found: list[TypedNumber] = []
    for node in nodes:
        if isinstance(node, Paragraph):
            found += _in(node.pieces)
        elif isinstance(node, Bullets):
            for item in node.items:
                found += _in(item)
    return found


def _in(pieces: tuple[Piece, ...]) -> list[TypedNumber]:
    found = []
    for sentence, cited in _sentences(pieces):
        if cited:
            continue
        bare = _HARMLESS.sub(lambda match: " " * len(match[0]), sentence)
        found += [TypedNumber(figure[0].strip(), sentence.strip()) for figure in _FIGURE.finditer(bare)]
    return found


def _sentences(pieces: tuple[Piece, ...]) -> list[tuple[str, bool]]:
    """Sentences as text (live numbers left out), each with whether it carries a source.

    A citation belongs to the sentence that it stands in or directly behind.
    """
    sentences: list[list[str | bool]] = [["", False]]
    for piece in pieces:
        if isinstance(piece, Cite):
            target = (
                sentences[-2] if not str(sentences[-1][0]).strip() and len(sentences) > 1 else sentences[-1]
            )
            target[1] = True
        elif isinstance(piece, Token):
            sentences[-1][0] = f"{sentences[-1][0]}…"
        elif isinstance(piece, Text | Strong):
            parts = _SENTENCE_END.split(piece.text)
            sentences[-1][0] = f"{sentences[-1][0]}{parts[0]}"
            sentences += [[part, False] for part in parts[1:]]
            if piece.text.rstrip() != piece.text and piece.text.rstrip().endswith((".", "!", "?")):
                sentences.append(["", False])
    return [(str(text), bool(cited)) for text, cited in sentences]
