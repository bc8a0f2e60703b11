"""What authors write: tokens, lists, sources, and the errors that name the mend."""

from __future__ import annotations

import pytest

from schoolward.reports.text import (
    Bullets,
    Cite,
    Heading,
    Paragraph,
    Show,
    Strong,
    Text,
    TextError,
    Token,
    parse,
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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[incidents]]", "'incidents' is no measure's key; keys look like incidents.total"),
        ("[[work.open perid=to-date]]", "'perid=to-date' is no option; did you mean period=…?"),
        ("[[work.open colour=red]]", "the options are period, from, to, site, show"),
        ("[[work.open period=last-decade]]", "use one of school-year, last-school-year, to-date"),
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
    ],
)
def test_typed_figures_need_a_source(text: str, figures: list[str]) -> None:
    assert [found.figure for found in typed_numbers(parse(text))] == figures
