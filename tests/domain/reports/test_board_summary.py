"""The board paper itself: its prose, its tokens, and its form in an installation without any records."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdf
import pytest

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.registry import get
from schoolward.reports.board_summary.report import BOARD_SUMMARY, ITEM_TYPES
from schoolward.reports.text import Bullets, Node, Paragraph, Show, Token, parse, typed_numbers

TEXTS = sorted((BOARD_SUMMARY.folder / "text").glob("*.md"))


def tokens(nodes: list[Node]) -> list[Token]:
    lines = [node.pieces for node in nodes if isinstance(node, Paragraph)]
    lines += [item for node in nodes if isinstance(node, Bullets) for item in node.items]
    return [piece for line in lines for piece in line if isinstance(piece, Token)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_figure_in_the_prose_is_live_or_cited(path: Path) -> None:
    nodes = parse(path.read_text(encoding="utf-8"))

    assert typed_numbers(nodes) == []
    assert [get(token.key).key for token in tokens(nodes)] == [token.key for token in tokens(nodes)]
    assert {node.name for node in nodes if isinstance(node, Show)} <= set(BOARD_SUMMARY.blocks)


def test_the_sentence_that_broke_off_is_complete() -> None:
    """The paper that this one descends from ends in the middle: “… to our sites resulted of in the”."""
    text = " ".join(BOARD_SUMMARY.starting_text("results").split())
    sentence = text[text.index("implementation of environmental changes to our sites resulted in") :]
    sentence = sentence[: sentence.index("]]). ") + 4 if "]]). " in sentence else sentence.index("]]. ") + 3]

    assert "recommendations.completion" in sentence
    assert "work.cost.verified" in sentence
    assert sentence.endswith(".")


def test_the_districts_form_and_the_seven_sections() -> None:
    assert len(ITEM_TYPES) == 7
    assert [section.title for section in BOARD_SUMMARY.sections if section.on_form] == [
        "Recommendation",
        "Background/Rationale",
        "Financial Considerations",
    ]
    assert [section.numeral for section in BOARD_SUMMARY.sections if not section.on_form] == [
        "I",
        "II",
        "III",
        "IV",
        "V",
        "VI",
        "VII",
    ]
    assert all(BOARD_SUMMARY.starting_text(section.key) for section in BOARD_SUMMARY.sections)


@pytest.mark.django_db
def test_without_any_records_it_says_not_collected(by: Viewer, tmp_path: Path) -> None:
    from schoolward.reports.rendering import render

    done = render("board-summary", date(2012, 9, 6), tmp_path, by=by)
    pages = pypdf.PdfReader(done["paths"][0]).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())

    assert done["traceability"]["share"] in (None, 100.0)
    assert re.search(r"resulted in not collected ?\d+ recommendations completed and verified", text)
    assert "VII. Lessons Learned/Next Steps" in text
    assert "Nothing in this paper is marked as invented or generated." in text
