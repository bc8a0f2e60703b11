"""No text about young people, programs or privacy takes a number of a criminal file or of a license.

The fields are found by looking at every form, every question over HTTP and every table that is brought in.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import pytest
from django import forms
from ninja import Schema
from pydantic import ValidationError as Wrong

from schoolward.platform.access.guarded import GuardedForm, GuardedSchema
from schoolward.platform.exchange.columns import CellError, Column, own_words
from schoolward.platform.exchange.registry import all_exchanges

DOMAINS = ("cases", "privacy", "programs")
NUMBERS = ("CII number A12345678", "FBI number 123456AB7", "driver: B1234567", "123-45-6789")


def modules(part: str) -> Iterator[ModuleType]:
    for domain in DOMAINS:
        package = import_module(f"schoolward.domains.{domain}.{part}")
        yield package
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)


def classes(part: str, base: type) -> list[type[Any]]:
    return [
        found
        for module in modules(part)
        for found in vars(module).values()
        if inspect.isclass(found) and issubclass(found, base) and found.__module__ == module.__name__
    ]


FORMS = classes("forms", forms.BaseForm)
#: What is sent to an operation; what is answered holds what was let in.
QUESTIONS = [schema for schema in classes("api", Schema) if not schema.__name__.endswith("Out")]
ANSWERS = {"DisposalWithRows"}
#: Days of school keep none of a file's words: a number finds the young person, and marks become choices.
KEEPS_NO_WORDS = {"attendance"}
TABLES = [
    table
    for table in all_exchanges()
    if type(table).__module__.split(".")[2] in DOMAINS and table.key not in KEEPS_NO_WORDS
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_every_form_is_guarded(form: type[forms.BaseForm]) -> None:
    assert issubclass(form, GuardedForm)


@pytest.mark.parametrize("schema", QUESTIONS, ids=lambda schema: f"{schema.__module__}.{schema.__name__}")
def test_every_question_is_guarded(schema: type[Schema]) -> None:
    is_sent = schema.__name__.endswith("In")
    assert issubclass(schema, GuardedSchema) is is_sent or schema.__name__ in ANSWERS


def test_there_is_something_to_look_at() -> None:
    assert (len(FORMS) > 50, len(QUESTIONS) > 30, len(TABLES) > 5) == (True, True, True)


class Asked(GuardedForm):
    """A form with a text, a list and a number."""

    words = forms.CharField(required=False)
    chosen = forms.ChoiceField(choices=[("a", "A")], required=False)
    how_many = forms.IntegerField(required=False)


class Sent(GuardedSchema):
    """A question with a text and texts."""

    words: str = ""
    names: list[str] = []
    number: int = 0


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_refused_at_its_field_and_not_repeated(number: str) -> None:
    form = Asked({"words": f"He has {number}", "chosen": "a", "how_many": "12345678"})
    assert list(form.errors) == ["words"]
    assert number not in str(form.errors)
    for told in ({"words": f"He has {number}"}, {"names": ["a", number]}):
        with pytest.raises(Wrong) as wrong:
            Sent(**told)
        (error,) = wrong.value.errors()
        assert error["loc"] == (next(iter(told)),)
        assert number not in error["msg"]
    with pytest.raises(CellError, match="not kept here"):
        own_words(200)(number)


def test_what_is_no_such_number_is_taken() -> None:
    text = "Room 12, (916) 555-0100, from 2012-09-06, cases.Youth:482915038471"
    assert Asked({"words": text}).is_valid()
    assert Sent(words=text, names=[text]).words == text
    assert own_words(200)(text) == text


def free(column: Column) -> bool:
    """Whether any words can stand in a column: what it reads is what it was given."""
    try:
        return bool(column.parse("A few words") == "A few words")
    except (CellError, ValueError):
        return False


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
def test_every_column_of_words_that_is_brought_in_is_guarded(table: Any) -> None:
    for column in table.columns:
        if free(column):
            for number in NUMBERS:
                with pytest.raises(CellError):
                    column.parse(number)
