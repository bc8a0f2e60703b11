"""A select is to the letter what Django's templates make of it."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from schoolward.platform.ui.form_rendering import FormRenderer

CHOICES: list[Any] = [
    ("", "Choose"),
    (7, "Seven & <more>"),
    (None, "Nothing"),
    ('a"b', mark_safe("<b>safe</b>")),
    ("0", gettext_lazy("Save")),
    ("Group “1” & <2>", [("x", "X"), (1.5, "One and a half")]),
]


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        *product([forms.Select, forms.SelectMultiple], [None, "", 7, "x", ["x", 7], True, "nobody"]),
        *product([forms.NullBooleanSelect], [None, True, "false"]),
    ],
)
@pytest.mark.parametrize(
    "attrs", [{}, {"class": "usa-select", "data-x": '"&<'}, {"disabled": True, "hidden": False, "size": 0}]
)
def test_it_is_what_the_templates_make(widget: Any, value: Any, attrs: dict[str, Any]) -> None:
    made = widget() if widget is forms.NullBooleanSelect else widget(choices=CHOICES)
    ours = made.render("na&me", value, attrs, renderer=FormRenderer())
    assert ours == made.render("na&me", value, attrs, renderer=DjangoTemplates())
    assert hasattr(ours, "__html__")


def test_a_required_select_and_one_with_options_of_its_own() -> None:
    class Plain(forms.Select):
        option_template_name = "django/forms/widgets/input_option.html"

    for made in (forms.Select(choices=CHOICES), Plain(choices=CHOICES)):
        made.is_required = True
        ours = made.render("name", 7, {"required": True}, renderer=FormRenderer())
        assert ours == made.render("name", 7, {"required": True}, renderer=DjangoTemplates())


def test_other_widgets_are_djangos() -> None:
    for made in (forms.TextInput(), forms.RadioSelect(choices=CHOICES), forms.Textarea()):
        assert made.render("name", "x", {}, renderer=FormRenderer()) == made.render(
            "name", "x", {}, renderer=DjangoTemplates()
        )
