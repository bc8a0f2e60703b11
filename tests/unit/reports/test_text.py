"""What authors write: tokens, lists, sources, and the errors that name the mend."""

from __future__ import annotations

from datetime import date

import pytest

from schoolward.reports.text import (
    Bullets,
    Cite,
    Heading,
    Paragraph,
    PeriodName,
    Show,
    Strong,
    Text,
    TextError,
    Token,
    later_dates,
    parse,
    sentences,
    typed_numbers,
)


def test_every_kind_of_block() -> None:
    nodes = parse(
        "### Money\n\nA **strong** word\nand [[work.open]].\n\n"
        "- one [[cite: Council file]]\n- two\n  goes on\n\n[[show: budget]]\n"
    )

    assert nodes == [
        Heading("Money"),
        Paragraph((Text("A "), Strong("strong"), Text(" word and "), Token("work.open"), Text("."))),
        Bullets(((Text("one "), Cite("Council file")), (Text("two goes on"),))),
        Show("budget"),
    ]


def test_options_have_one_spelling() -> None:
    one = parse("[[incidents.total to=2012-06-30 from=2011-07-01]]")[0]
    other = parse("[[incidents.total from=2011-07-01   to=2012-06-30]]")[0]

    assert one == other
    assert isinstance(one, Paragraph)
    assert isinstance(one.pieces[0], Token)
    assert one.pieces[0].raw == "incidents.total from=2011-07-01 to=2012-06-30"


def test_a_number_may_be_strong() -> None:
    (node,) = parse("**[[work.open]] pieces** and **a [[cite: File]] word**")

    assert node == Paragraph(
        (
            Token("work.open", strong=True),
            Strong(" pieces"),
            Text(" and "),
            *(Strong("a "), Cite("File"), Strong(" word")),
        )
    )


def test_a_period_by_its_name() -> None:
    assert parse("In [[period: last-school-year]].") == [
        Paragraph((Text("In "), PeriodName("last-school-year"), Text(".")))
    ]


def test_sentences_keep_every_piece_and_space() -> None:
    (node,) = parse("One [[a.b]] here. Two. [[cite: File]] Three [[a.c]]! [[a.d]] four (2009). Five")
    assert isinstance(node, Paragraph)
    found = sentences(node.pieces)

    assert [piece for sentence in found for piece in sentence if not isinstance(piece, Text)] == [
        piece for piece in node.pieces if not isinstance(piece, Text)
    ]
    assert [
        "".join(piece.text if isinstance(piece, Text) else "…" for piece in sentence) for sentence in found
    ] == ["One … here. ", "Two. …", " Three …! ", "… four (2009). ", "Five"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("The report came in May 2011.", []),
        ("The report came on September 6, 2012, and in October 2012.", ["October 2012"]),
        ("It opened on 7 September 2012.", ["7 September 2012"]),
        ("The contract ends on June 30, 2013. [[cite: Agreement of 2012]]", []),
    ],
)
def test_dates_after_the_papers_day(text: str, written: list[str]) -> None:
    assert [found.written for found in later_dates(parse(text), date(2012, 9, 6))] == written


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[incidents]]", "'incidents' is no measure's key; keys look like incidents.total"),
        ("[[work.open perid=to-date]]", "'perid=to-date' is no option; did you mean period=…?"),
        ("[[work.open colour=red]]", "the options are period, from, to, site, show"),
        (
            "[[work.open period=last-decade]]",
            "use one of school-year, last-school-year, year-before-last, twelve-months, "
            "twelve-months-before, to-date",
        ),
        ("In [[period: soon]].", "there is no period 'soon'; use one of school-year"),
        ("[[work.open from=2012-13-01]]", "write a date like 2012-09-06"),
        ("[[work.open from=2012-01-01 period=to-date]]", "give either a period or dates, not both"),
        ("[[work.open show=value show=parts]]", "an option is given twice"),
        ("so [[work.open and on", "the token is not closed; end it with ]]"),
        ("[[cite: ]]", "names no source"),
        ("see [[show: budget]] here", "stands on a line alone"),
    ],
)
def test_errors_name_the_token_and_the_mend(text: str, message: str) -> None:
    with pytest.raises(TextError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert str(caught.value).startswith("[[")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        pytest.param("There were 24 cameras.", ["24"], id="a typed count"),
        pytest.param("It cost $463,699 or 12.5% more.", ["$463,699", "12.5%"], id="money and shares"),
        pytest.param("It cost $463,699. [[cite: Award letter]]", [], id="a source behind the sentence"),
        pytest.param(
            "It cost $463,699 [[cite: Award letter]]. Then 12 more.", ["12"], id="only that sentence"
        ),
        pytest.param("Since September 6, 2012, in 2011/12 and 2010-11.", [], id="dates and school years"),
        pytest.param(
            "Education Code sections 32280 to 32289 for grades 9 to 12, ages 14-18.", [], id="law and ages"
        ),
        pytest.param("Of [[work.open]] pieces, [[work.overdue]] are late.", [], id="live numbers"),
        pytest.param("For every 1,000 students.", [], id="a rate's base"),
        pytest.param("- one of 7 schools\n- none", ["7"], id="bullets too"),
        pytest.param("**31 keys** were lost.", ["31"], id="strong words too"),
        pytest.param("### Thefts fell by 45% to 1,234", ["45%", "1,234"], id="headings too"),
        pytest.param("### Results of 2011/12", [], id="a school year in a heading"),
        pytest.param("2050 students took part.", ["2050"], id="no year before a plural"),
        pytest.param("In all, 2050 students took part.", ["2050"], id="no year after a comma"),
        pytest.param("In 2012 officers came, since 2010 and 2011.", ["2012"], id="in 2012 officers"),
        pytest.param("In 2012, officers came. The 2001 contract was kept (2009).", [], id="years"),
        pytest.param("The years 2009, 2010 and 2011, and 2011-2012.", [], id="lists of years"),
        pytest.param("½ of sites and ⅔ of classes.", ["½", "⅔"], id="fractions in one sign"),
        pytest.param("Ⅻ sites, ③ classes, x² more.", ["Ⅻ", "③", "²"], id="other signs of number"),
        pytest.param("On 2012-09-06 the board met.", [], id="a day in figures"),
    ],
)
def test_typed_figures_need_a_source(text: str, figures: list[str]) -> None:
    assert [found.figure for found in typed_numbers(parse(text))] == figures
