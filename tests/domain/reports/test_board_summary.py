"""The board paper itself: its prose, its tokens, and its form in an installation without any records."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pypdf
import pytest

from schoolward.domains.initiatives.models import Initiative
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.registry import get
from schoolward.reports.board_summary.report import BOARD_SUMMARY, ITEM_TYPES
from schoolward.reports.composing import Composer, SectionError
from schoolward.reports.content import span_of
from schoolward.reports.midyear.report import MIDYEAR
from schoolward.reports.text import Bullets, Node, Paragraph, Show, Token, parse, typed_numbers

DEMONSTRATION = BOARD_SUMMARY.folder / "demonstration"
TEXTS = sorted(
    [
        *(BOARD_SUMMARY.folder / "text").glob("*.md"),
        *DEMONSTRATION.glob("*.md"),
        *(MIDYEAR.folder / "text").glob("*.md"),
    ]
)


def tokens(nodes: list[Node]) -> list[Token]:
    lines = [node.pieces for node in nodes if isinstance(node, Paragraph)]
    lines += [item for node in nodes if isinstance(node, Bullets) for item in node.items]
    return [piece for line in lines for piece in line if isinstance(piece, Token)]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: "-".join((*path.parts[-3:-1], path.stem)))
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


@pytest.mark.django_db
def test_another_districts_paper_bears_its_name(by: Viewer, tmp_path: Path) -> None:
    from schoolward.platform.access.agencies import open_agency
    from schoolward.reports.rendering import render

    open_agency(name="River City Unified", kind="district", by=by, at=by.at)
    found = render("board-summary", date(2012, 9, 6), tmp_path, by=by)
    first = pypdf.PdfReader(found["paths"][0]).pages[0].extract_text()

    assert first.startswith("RIVER CITY UNIFIED")
    assert "Sacramento" not in first


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("[[campuses.operating]]", "as of Sep 6, 2012"),
        ("[[campuses.operating period=to-date]]", "as of Sep 6, 2012"),
        ("[[campuses.operating period=last-school-year]]", "as of Jun 30, 2012"),
        ("[[campuses.operating to=2011-09-06]]", "as of Sep 6, 2011"),
        ("[[incidents.total]]", "Jul 1, 2012 to Sep 6, 2012"),
        ("[[incidents.total period=year-before-last]]", "Jul 1, 2010 to Jun 30, 2011"),
        ("[[incidents.total period=to-date]]", "up to Sep 6, 2012"),
    ],
)
def test_the_annex_tells_a_day_from_a_period(text: str, period: str) -> None:
    (cell,) = Composer(date(2012, 9, 6), blocks={}).compose([("results", "Results", text)]).cells

    assert span_of(cell.reading.period) == period


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[campuses.operating from=2011-07-01]]", "it has no period"),
        ("[[campuses.operating to=2013-01-01]]", "lies after 2012-09-06"),
    ],
)
def test_a_number_that_stands_at_a_day_is_asked_for_a_day(text: str, told: str) -> None:
    with pytest.raises(SectionError, match=told):
        Composer(date(2012, 9, 6), blocks={}).compose([("results", "Results", text)])


@pytest.mark.django_db
def test_a_paper_of_an_earlier_day_knows_nothing_of_later_things() -> None:
    Initiative.objects.create(
        key="a", number=1, title="Begun in 2010", owner_role="lead", start=date(2010, 9, 1)
    )
    Initiative.objects.create(
        key="b", number=2, title="Begun in 2012", owner_role="lead", start=date(2012, 9, 1)
    )

    def listed(day: date) -> str:
        blocks = Composer(day, blocks=BOARD_SUMMARY.blocks).compose([("v", "V", "[[show: initiatives]]")])
        return json.dumps(blocks.sections)

    assert "Begun in 2010" in listed(date(2011, 1, 1))
    assert "Begun in 2012" not in listed(date(2011, 1, 1))
    assert "No initiative had begun by this day." in listed(date(2000, 1, 1))
    assert "no milestone set" in listed(date(2012, 9, 6))
