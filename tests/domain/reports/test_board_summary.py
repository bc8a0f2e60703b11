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

DEMONSTRATION = BOARD_SUMMARY.folder / "demonstration"
TEXTS = sorted([*(BOARD_SUMMARY.folder / "text").glob("*.md"), *DEMONSTRATION.glob("*.md")])


def tokens(nodes: list[Node]) -> list[Token]:
    lines = [node.pieces for node in nodes if isinstance(node, Paragraph)]
    lines += [item for node in nodes if isinstance(node, Bullets) for item in node.items]
    return [piece for line in lines for piece in line if isinstance(piece, Token)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_figure_in_the_prose_is_live_or_cited(path: Path) -> None:
    nodes = parse(path.read_text(encoding="utf-8"))

    assert typed_numbers(nodes) == []
    assert [get(token.key).key for token in tokens(nodes)] == [token.key for token in tokens(nodes)]
    assert {node.name for node in nodes if isinstance(node, Show)} <= set(BOARD_SUMMARY.blocks)


def test_the_sentence_that_broke_off_is_complete() -> None:
    """The paper that this one descends from ends in the middle: “… to our sites resulted of in the”."""
    for results in (DEMONSTRATION / "results.md", BOARD_SUMMARY.folder / "text" / "results.md"):
        text = " ".join(results.read_text(encoding="utf-8").split())
        begin = text.index("mplementation of environmental changes to our sites resulted in")
        sentence = text[begin : text.index("]]. ", begin) + 3]

        assert sentence.count("[[recommendations.completion") == 3
        # Its cost is that of the recommendations, not of all verified work.
        assert sentence.endswith("at a cost of [[recommendations.cost]].")


@pytest.mark.parametrize("folder", ["text", "demonstration"])
def test_results_print_at_most_seven_numbers(folder: str, by: Viewer) -> None:
    nodes = parse((BOARD_SUMMARY.folder / folder / "results.md").read_text(encoding="utf-8"))
    shown = {token.raw for token in tokens(nodes)}
    shown |= {"recommendations.completion show=numerator", "recommendations.completion"}
    shown |= {"recommendations.cost", "incidents.at_campus period=last-school-year"}  # the strip of figures

    assert len(shown) == 7


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
    assert re.search(r"Recommendations completed: not collected ?\d+\. Cost of completed recomm", text)
    assert not re.search(r"serve not|serves not|resulted in not|following programs|Sacramento", text)
    assert "further numbers" not in text
    assert "VII. Lessons Learned/Next Steps" in text
    assert "Nothing in this paper is marked as invented or generated." in text
