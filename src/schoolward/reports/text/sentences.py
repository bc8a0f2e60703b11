"""Where one sentence ends and the next begins, in text that has live numbers and sources in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from schoolward.reports.text.parse import Cite, Piece, Strong, Text

_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z(])")


def sentences(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces by sentence, with every space kept. A source belongs to the sentence before it."""
    found: list[list[Piece]] = [[]]
    ended = False
    for piece in pieces:
        if ended and not isinstance(piece, Cite):
            found.append([])
            ended = False
        if not isinstance(piece, Text | Strong):
            found[-1].append(piece)
            continue
        begin = 0
        for end in _END.finditer(piece.text):
            found[-1].append(replace(piece, text=piece.text[begin : end.end()]))
            found.append([])
            begin = end.end()
        rest = piece.text[begin:]
        found[-1].append(replace(piece, text=rest))
        ended = rest != rest.rstrip() and rest.rstrip().endswith((".", "!", "?"))
    return [tuple(sentence) for sentence in found if sentence]
