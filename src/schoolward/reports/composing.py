"""Composing a report: text and blocks become printed content, and every number leaves its trace.

Nothing else reads measures for a report. A number that did not come through :class:`Composer` has no
mark, and the checks before publication find it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from string import ascii_lowercase

from django.utils.translation import gettext as _

from schoolward.platform.measures import registry as measures
from schoolward.platform.measures.display import NoInterval
from schoolward.platform.measures.lineage import Lineage, freeze
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.reading import Reading
from schoolward.platform.measures.together import together
from schoolward.reports.asking import period_of, printed, scope_of, whole, words_for
from schoolward.reports.content import Block, Cell, Composition, Run
from schoolward.reports.text import (
    Bullets,
    Cite,
    Heading,
    Node,
    Paragraph,
    PeriodName,
    Piece,
    Show,
    Strong,
    TextError,
    Token,
    parse,
    sentences,
)


class SectionError(ValueError):
    """A section's text cannot be composed. The message names the section, the token and the mend."""

    def __init__(self, section_key: str, title: str, trouble: str) -> None:
        super().__init__(f"Section “{title}”: {trouble}")
        self.section_key = section_key
        self.trouble = trouble


class Composer:
    """Reads live numbers for one report as of one date, and keeps each with its records.

    ``blocks`` and ``annex`` are the report's tables and charts by name.
    """

    def __init__(
        self, as_of: date, *, blocks: Mapping[str, BlockMaker], annex: Mapping[str, BlockMaker] | None = None
    ) -> None:
        self.as_of = as_of
        self._blocks = blocks
        self._annex = annex or {}
        self.section = ""
        self._cells: dict[str, Cell] = {}
        self._readings: dict[tuple[str, Period, Scope], tuple[Reading, Lineage]] = {}
        self._sources: dict[str, str] = {}
        self._charts: dict[str, str] = {}

    # --- what block makers use ---------------------------------------------------------------
    def text(self, words: object) -> Run:
        """Words that hold no figure of our own."""
        return {"text": str(words)}

    def number(self, key: str, *, in_chart: bool = False, **options: str) -> Run:
        """A live number, asked as a token would ask it (``period="to-date"``; ``from`` is ``from_``)."""
        named = tuple(sorted((name.rstrip("_"), value) for name, value in options.items()))
        return self._number(Token(key, named), in_chart=in_chart)

    def cell(self, run: Run) -> Cell:
        """The cell behind a number's run."""
        return next(cell for cell in self._cells.values() if cell.position == run["cell"])

    def cite(self, source: str) -> Run:
        """The mark of a public fact's source."""
        if source not in self._sources:
            self._sources[source] = _letters(len(self._sources))
        return {"source": self._sources[source]}

    def note(self, words: object) -> Block:
        """A remark that stands apart, such as why a table is empty."""
        return {"kind": "note", "runs": [self.text(words)]}

    @property
    def cells(self) -> list[Cell]:
        """The numbers printed so far, in order."""
        return list(self._cells.values())

    def chart(self, name: str, svg: str, *, caption: str, description: str) -> Block:
        """A chart drawn on the server. Its numbers come from :meth:`number` with ``in_chart=True``."""
        file = f"charts/{name}.svg"
        self._charts[file] = svg
        return {"kind": "chart", "file": file, "caption": caption, "alt": description}

    # --- composing ---------------------------------------------------------------------------
    def compose(self, texts: Iterable[tuple[str, str, str]]) -> Composition:
        """Compose ``(section key, title, text)`` in order. Raises :class:`SectionError`."""
        with together():
            sections = {key: self.compose_one(key, title, text) for key, title, text in texts}
            self.section = "annex"
            annex = [{"title": title, "blocks": maker(self)} for title, maker in self._annex.items()]
        sources = tuple({"key": key, "text": text} for text, key in self._sources.items())
        return Composition(sections, annex, tuple(self._cells.values()), sources, dict(self._charts))

    def compose_one(self, key: str, title: str, text: str) -> list[Block]:
        """Compose one section. Raises :class:`SectionError`."""
        self.section = key
        with _named(key, title):
            return [block for node in parse(text) for block in self._block(node)]

    def check_one(self, key: str, title: str, text: str) -> None:
        """Raise the :class:`SectionError` that composing one section would raise. Nothing is counted for it,
        but for a number whose interval is asked for: whether it knows one shows when it is read."""
        with _named(key, title):
            for node in parse(text):
                if isinstance(node, Show):
                    self._maker(node)
                for piece in _pieces(node):
                    if isinstance(piece, Token) and piece.option("show") == "interval":
                        self._number(piece)
                    elif isinstance(piece, Token):
                        self._asked(piece)

    def _block(self, node: Node) -> list[Block]:
        if isinstance(node, Heading):
            return [{"kind": "heading", "text": node.text}]
        if isinstance(node, Paragraph):
            return [{"kind": "paragraph", "runs": self._runs(node.pieces)}]
        if isinstance(node, Bullets):
            return [{"kind": "bullets", "items": [self._runs(item) for item in node.items]}]
        return self._maker(node)(self)

    def _maker(self, node: Show) -> BlockMaker:
        maker = self._blocks.get(node.name)
        if maker is None:
            raise TextError(f"show: {node.name}", f"this report knows {', '.join(sorted(self._blocks))}")
        return maker

    def _runs(self, pieces: Sequence[Piece]) -> list[Run]:
        return [run for sentence in sentences(pieces) for run in self._sentence(sentence)]

    def _sentence(self, pieces: Sequence[Piece]) -> list[Run]:
        runs: list[Run] = []
        for piece in pieces:
            if isinstance(piece, Token):
                runs.append(self._number(piece))
            elif isinstance(piece, PeriodName):
                runs.append({"text": words_for(piece.name, self.as_of)})
            elif isinstance(piece, Cite):
                if runs and "text" in runs[-1] and "cell" not in runs[-1]:
                    runs[-1] = {"text": runs[-1]["text"].rstrip()}  # the mark stands close to its sentence
                runs.append(self.cite(piece.source))
            elif isinstance(piece, Strong):
                runs.append({"strong": piece.text})
            else:
                runs.append({"text": piece.text})
        asked = [self.cell(run) for run in runs if "cell" in run]
        if asked and not any(cell.is_collected for cell in asked):
            return self._not_collected([run for run in runs if "cell" in run])
        for run in runs:
            if "cell" in run and not self.cell(run).is_collected:
                run["text"] = _("(number not collected)")
        return runs

    def _not_collected(self, numbers: list[Run]) -> list[Run]:
        """In the place of a sentence whose every number is wanting: which they are, once each."""
        runs: list[Run] = []
        for title, run in {str(self.cell(run).reading.measure.title): run for run in numbers}.items():
            runs += [{"text": f"{title}: "}, {"cell": run["cell"], "text": run["text"]}, {"text": ". "}]
        return runs

    def _number(self, token: Token, *, in_chart: bool = False) -> Run:
        cell = self._cells.get(token.raw)
        if cell is None:
            reading, lineage = self._frozen(token)
            try:
                words = printed(reading, token.option("show"))
            except NoInterval as error:
                raise TextError(token.raw, str(error)) from error
            cell = Cell(
                position=len(self._cells) + 1,
                section=self.section,
                token=token.raw,
                shown=words,
                reading=reading,
                lineage=lineage,
                in_chart=in_chart,
            )
            self._cells[token.raw] = cell
        elif cell.in_chart and not in_chart:
            cell = self._cells[token.raw] = replace(cell, in_chart=False)
        return {"cell": cell.position, "text": cell.shown} | ({"bold": True} if token.strong else {})

    def _frozen(self, token: Token) -> tuple[Reading, Lineage]:
        asked = self._asked(token)
        if asked not in self._readings:
            self._readings[asked] = whole(*freeze(*asked))
        return self._readings[asked]

    def _asked(self, token: Token) -> tuple[str, Period, Scope]:
        """The question that a token asks. Raises :class:`TextError` and ``UnknownMeasure``."""
        return token.key, period_of(token, self.as_of, measures.get(token.key)), scope_of(token)


BlockMaker = Callable[[Composer], list[Block]]
"""Draws one table, chart or strip of figures."""


@contextmanager
def _named(key: str, title: str) -> Iterator[None]:
    """Let a fault within say in which section it is."""
    try:
        yield
    except (TextError, measures.UnknownMeasure) as error:
        raise SectionError(key, title, str(error)) from error


def _pieces(node: Node) -> Iterator[Piece]:
    """What stands in a paragraph, or in the items of a list."""
    if isinstance(node, Paragraph):
        yield from node.pieces
    elif isinstance(node, Bullets):
        for item in node.items:
            yield from item


def _letters(index: int) -> str:
    """a, b, … z, aa, ab, …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = ascii_lowercase[rest] + letters
    return letters
