"""Components say with words what they show with colour, and never turn nothing into a number."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

from schoolward.platform.ui.tables import DayColumn, MoneyColumn, NumberColumn, Table, chip
from schoolward.platform.ui.templatetags.ui import dollars, figure

TREE = Path(__file__).parents[3]


def render(source: str, **context: Any) -> str:
    """A template source with components, rendered."""
    return Template("{% load ui %}" + CottonCompiler().process(source)).render(Context(context))


def reading(**given: Any) -> SimpleNamespace:
    """A reading as the measures give it."""
    measure = SimpleNamespace(
        title="Checked sites",
        unit="percent",
        parts_unit="",
        denominator_unit="",
        record_unit="percent",
        minimum_count=11,
    )
    base = {"measure": measure, "value": 40.0, "numerator": 30, "denominator": 75}
    return SimpleNamespace(**(base | {"collected": True, "suppressed": False, "note": ""} | given))


NUMBER = '<c-number :reading="reading" href="/trace/x" />'


def test_a_number_opens_its_records_and_carries_its_denominator() -> None:
    shown = render(NUMBER, reading=reading())
    assert 'href="/trace/x"' in shown
    assert "Checked sites" in shown
    assert ">40%<" in shown
    assert "30 of 75" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"collected": False, "value": None, "note": "Asked for"}, "not collected"),
        ({"suppressed": True, "value": None}, "fewer than 11 or withheld"),
        ({"value": None, "denominator": 0}, "nothing to divide by"),
    ],
)
def test_what_is_not_known_is_said_and_never_zero(given: dict[str, Any], said: str) -> None:
    shown = render(NUMBER, reading=reading(**given))
    assert said in shown
    assert given.get("note", "") in shown
    assert "figure-value" not in shown


def test_zero_is_a_number() -> None:
    assert ">0%<" in render(NUMBER, reading=reading(value=0.0, numerator=0))


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(46_369_900, "cents", "$463,699"), (7584, "incidents", "7,584"), (2.25, "percent", "2.3%")],
)
def test_a_number_carries_its_unit_as_the_paper_does(value: float, unit: str, said: str) -> None:
    measure = SimpleNamespace(
        title="Anything", unit=unit, parts_unit="", denominator_unit="", record_unit=unit, minimum_count=11
    )
    assert f">{said}<" in render(NUMBER, reading=reading(measure=measure, value=value, denominator=None))


def test_a_chip_has_a_word_and_refuses_a_tone_that_does_not_exist() -> None:
    assert chip("On <time>", "good") == '<span class="chip chip--good">On &lt;time&gt;</span>'
    with pytest.raises(ValueError, match="not a tone"):
        chip("On time", "green")


def test_figures_are_grouped_and_nothing_is_a_dash() -> None:
    assert [figure(7584), figure(2.25), figure(2.25, 2), figure(None)] == [
        "7,584",
        "2.2",
        "2.25",
        "\N{EN DASH}",
    ]
    assert figure(99.96) == "100.0", "rounded, not cut off"
    assert [dollars(46_369_950), dollars(46_370_000)] == ["$463,699.50", "$463,700"]
    assert dollars(46_369_900) == "$463,699"
    assert MoneyColumn().value(46_369_950) == "463699.50"
    assert NumberColumn(decimals=1).render(1234.56) == "1,234.6"


class Sample(forms.Form):
    """One field of each kind that the interface knows."""

    name = forms.CharField(help_text="As on the badge.")
    day = forms.DateField(widget=forms.DateInput)
    agreed = forms.BooleanField(label="I have read it")
    kind = forms.ChoiceField(choices=[(str(n), f"Choice {n}") for n in range(40)])
    few = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    paper = forms.FileField(required=False)


def test_every_field_has_a_label_its_hint_and_its_error() -> None:
    form = Sample({"name": "", "day": "soon", "kind": "3"})
    source = '<c-form-errors :form="form" />{% for field in form %}<c-field :field="field" />{% endfor %}'
    shown = render(source, form=form)
    assert shown.count('for="id_name"') == 1
    assert 'id="id_name_helptext"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'href="#id_name"' in shown
    assert '<input type="date" name="day"' in shown
    assert '<div class="usa-combo-box" data-unknown=' in shown
    assert shown.count("<legend") == 1
    assert 'class="usa-checkbox__label" for="id_agreed"' in shown


def test_a_date_keeps_the_form_that_the_browser_needs() -> None:
    form = Sample(initial={"day": date(2012, 9, 6)})
    assert 'value="2012-09-06"' in render('<c-field :field="field" />', field=form["day"])


def test_a_title_is_set_once_as_heading_and_once_as_name_of_the_page() -> None:
    shown = render(
        "{% capture as title %} {{ words }} {% endcapture %}<title>{{ title }}</title><h1>{{ title }}</h1>",
        words="A & B",
    )
    assert shown == "<title>A &amp; B</title><h1>A &amp; B</h1>"


def test_a_day_column_leaves_an_absent_day_empty() -> None:
    class Days(Table):
        day = DayColumn()

    table = Days([{"day": None}, {"day": date(2012, 9, 6)}])
    assert [row.get_cell("day") for row in table.rows] == ["—", "6 Sep 2012"]
    assert list(table.as_values()) == [["Day"], [None], ["2012-09-06"]]


def test_only_what_may_stay_empty_is_marked_and_never_in_a_filter() -> None:
    form = Sample()
    assert "(optional)" in render('<c-field :field="field" />', field=form["paper"])
    assert "(optional)" not in render('<c-field :field="field" />', field=form["name"])
    assert "(optional)" not in render('<c-field :field="field" bare="yes" />', field=form["paper"])


def test_what_is_for_the_ear_alone_has_one_name() -> None:
    sources = [*TREE.glob("src/**/templates/**/*.html"), *TREE.glob("frontend/styles/*.scss")]
    texts = {path.name: path.read_text() for path in sources}
    assert [name for name, text in texts.items() if "visually-hidden" in text] == []
    assert ".usa-sr-only {" in texts["_frame.scss"]
