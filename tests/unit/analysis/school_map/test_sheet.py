"""The drawn map and the printed sheet: one page that stands by itself and says in words what it shows."""

from __future__ import annotations

import dataclasses
import io
import re
from xml.etree import ElementTree

import pypdf
import pytest

from schoolward.analysis.routing.making import StreetNetwork
from schoolward.analysis.routing.street_tags import Street
from schoolward.analysis.school_map.content import Avoided, GuardPost, MapContent
from schoolward.analysis.school_map.drawing import draw
from schoolward.analysis.school_map.framing import frame_of
from schoolward.analysis.school_map.legend import legend
from schoolward.analysis.school_map.printing import print_sheet
from schoolward.analysis.school_map.symbols import ACCENT
from schoolward.analysis.school_map.words import MapWords, advise
from schoolward.analysis.typesetting import MissingCharacter
from unit.analysis.routing.drawn import position
from unit.analysis.school_map.sheets import content_of, make_town, text_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> StreetNetwork:
    return make_town(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def content(town: StreetNetwork) -> MapContent:
    return content_of(town)


def test_the_map_is_one_picture_that_asks_for_nothing(content: MapContent) -> None:
    drawn = draw(content)
    root = ElementTree.fromstring(drawn)  # noqa: S314
    assert root.get("viewBox") == "0 0 540 500"
    assert re.findall(r"(?:href|src|url)\s*[=(]\s*[\"']?(?!#)", drawn) == []
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert "Main Street" in words
    assert "Invented School" in words
    assert "35" in words
    assert "N" in words
    assert "1" in words  # the guard's number
    assert any(word and word.endswith(" ft") for word in words)
    assert draw(content) == drawn


def test_the_streets_of_the_zone_are_seen_from_those_beyond(content: MapContent) -> None:
    """The ground below the streets is covered by them where the zone is large: their tint lies above."""
    strokes = re.findall(r'<path d="([^"]*)" stroke="(#\w+)"', draw(content))
    ground, tint = ([d for d, colour in strokes if colour == of] for of in ("#e2ebe9", "#a6cabf"))
    assert ground == tint
    order = [colour for _d, colour in strokes]
    streets = len(order) - order[::-1].index("#d3d9da")
    assert order.index("#e2ebe9") < order.index("#d3d9da") < streets <= order.index("#a6cabf")
    assert order.index("#a6cabf") < order.index(ACCENT)


def test_names_cannot_break_the_picture(content: MapContent) -> None:
    streets = tuple(
        dataclasses.replace(street, name='<b>&"x"</b>' if street.name == "Main Street" else street.name)
        for street in content.streets
    )
    drawn = draw(dataclasses.replace(content, streets=streets, school="Tom & Ann's <School>"))
    words = [text.text for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")]  # noqa: S314
    assert '<b>&"x"</b>' in words
    assert "Tom & Ann's <School>" in words


def test_metric_maps_have_metres(content: MapContent) -> None:
    drawn = draw(dataclasses.replace(content, miles=False))
    assert " ft<" not in drawn
    assert re.search(r">\d+ m<", drawn)
    assert ">56<" in drawn


def test_all_that_must_be_seen_is_on_the_paper(content: MapContent) -> None:
    frame = frame_of(content, 540, 500)
    seen = [point for line in content.zone.lines for point in line]
    for at in [*seen, *(one.at for one in content.entrances), *(one.at for one in content.guards)]:
        assert frame.holds(frame.at(at), inset=5)
    # True to scale: a hundred metres are as long upwards as to the right.
    (x0, y0), (x1, _), (_, y2) = (frame.at(position(*at)) for at in ((0, 0), (100, 0), (0, 100)))
    assert x1 - x0 == pytest.approx(y0 - y2, rel=2e-3)
    assert x1 - x0 == pytest.approx(100 * frame.points_a_metre, rel=2e-3)


def test_a_tiny_zone_still_has_surroundings(content: MapContent) -> None:
    alone = dataclasses.replace(content, zone=dataclasses.replace(content.zone, lines=()), guards=())
    assert frame_of(alone, 540, 500).points_a_metre < 540 / 400
    assert draw(alone).endswith("</svg>")


def test_the_legend_has_what_is_on_the_map_and_nothing_else(content: MapContent) -> None:
    words = MapWords()
    says = [what for _, what in legend(content, words)]
    assert {words.school, words.suggested, words.signal, words.crossing, words.guard, words.missing} <= set(
        says
    )
    assert len(set(says)) == len(says)
    bare = dataclasses.replace(content, guards=(), crossings=(), suggested=(), avoided=())
    fewer = [what for _, what in legend(bare, words)]
    assert not {words.signal, words.crossing, words.guard, words.suggested, words.avoid} & set(fewer)
    for drawn, _ in legend(content, words):
        ElementTree.fromstring(drawn)  # noqa: S314


def test_what_lies_beyond_the_paper_is_not_in_the_legend(content: MapContent) -> None:
    words = MapWords()
    line = tuple(position(*at) for at in ((9_000, 0), (9_100, 0)))
    far = dataclasses.replace(content.streets[0], line=line, street=Street.STEPS, is_sidewalk=False)
    near = tuple(one for one in content.streets if one.street is not Street.STEPS)
    assert words.steps in text_of(print_sheet(content))
    assert words.steps not in text_of(print_sheet(dataclasses.replace(content, streets=(*near, far))))


def test_the_list_says_what_the_map_shows(content: MapContent) -> None:
    advice = advise(content, MapWords())
    assert advice.guards == ("Main St and 4th St · 7:30 to 8:15",)
    assert "Main St and 4th St: at the signal" in advice.cross_at
    assert advice.keep_away == ()
    assert "Do what the crossing guard says." in advice.rules
    without = dataclasses.replace(
        content, guards=(), avoided=(Avoided((position(0, 0),), "Oak Street", "floods"),)
    )
    advice = advise(without, MapWords())
    assert advice.keep_away == ("Oak St: floods",)
    assert "Do what the crossing guard says." not in advice.rules


def test_signals_on_busy_roads_are_named_first(content: MapContent) -> None:
    advice = advise(content, MapWords(signal_at="S {where}", crosswalk_at="C {where}"))
    assert [line[0] for line in advice.cross_at] == sorted(
        (line[0] for line in advice.cross_at), reverse=True
    )


def test_the_sheet_is_one_page_with_everything_in_words(content: MapContent) -> None:
    sheet = print_sheet(content)
    words = text_of(sheet)
    for said in (
        "Walking to Invented School",
        "Map of November 27, 2026",
        "INVENTED",
        "All of this is invented.",
        "Main St and 4th St: at the signal",
        "Main St and 4th St · 7:30 to 8:15",
        "For parents: this map suggests ways",
        "© OpenStreetMap contributors, ODbL",
        "Use the sidewalk.",
        "Within 10 minutes’ walk",  # noqa: RUF001
    ):
        assert said in words
    assert print_sheet(content) == sheet


def test_the_sheet_can_be_heard(content: MapContent) -> None:
    reader = pypdf.PdfReader(io.BytesIO(print_sheet(content)))
    catalog = reader.root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == "Walking to Invented School"
    tree = repr([one.get_object() for one in _elements(catalog["/StructTreeRoot"])])
    assert "Map of the streets around Invented School. It shows" in tree
    (page,) = reader.pages
    assert [float(one) for one in page.mediabox[2:]] == [612, 792]


def _elements(element: object) -> list[pypdf.generic.DictionaryObject]:
    found = element.get_object() if isinstance(element, pypdf.generic.IndirectObject) else element
    if isinstance(found, list):
        return [one for kid in found for one in _elements(kid)]
    if not isinstance(found, pypdf.generic.DictionaryObject):
        return []
    return [found, *(_elements(found["/K"]) if "/K" in found else [])]


def test_however_much_there_is_to_say_it_stays_one_page(content: MapContent) -> None:
    many = dataclasses.replace(
        content,
        school="The Very Long Name of an Invented School of Sciences, Arts and Trades at the River " * 2,
        guards=tuple(
            GuardPost(
                position(100 * (number % 6), 60 * number),
                f"Martin Luther King Boulevard and {number}th Street",
                "7:30 to 8:15 and 2:30 to 3:15",
            )
            for number in range(10)
        ),
        avoided=tuple(
            Avoided(
                (position(90, 30 * number),),
                f"The corner of Long Street and {number}th Avenue",
                "fast traffic and no sidewalk",
            )
            for number in range(12)
        ),
    )
    words = text_of(print_sheet(many))
    assert "Martin Luther King Blvd and 9th St" in words
    assert "© OpenStreetMap contributors, ODbL" in words


def test_what_the_typefaces_lack(content: MapContent) -> None:
    streets = tuple(dataclasses.replace(street, name="中山路") for street in content.streets)
    assert text_of(print_sheet(dataclasses.replace(content, streets=streets)))
    with pytest.raises(MissingCharacter, match="u5b66"):
        print_sheet(dataclasses.replace(content, school="学校"))
