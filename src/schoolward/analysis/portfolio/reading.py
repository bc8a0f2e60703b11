"""Reading an instance from its JSON file; every fault is named by its place, the value and its mend."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import ValidationError

from schoolward.analysis.portfolio.answer import Answer
from schoolward.analysis.portfolio.instance import Candidate, Declared, Instance

_SHOWN: Final = 5
_MARK: Final = "\ufeff"
_MENDS: Final = {
    "missing": "it is missing",
    "extra_forbidden": "this name is not known here; take it out or correct its spelling",
    "int_type": "write a whole number (money in cents)",
    "int_from_float": "write a whole number (money in cents)",
    "float_type": "write a number",
    "finite_number": "write a number",
    "string_type": 'write a text in "…"',
    "string_too_short": "write at least one letter",
    "string_too_long": "write at most 200 letters",
    "bool_type": "write true or false",
    "tuple_type": "write a list […]",
    "dict_type": "write an object {…}",
    "mapping_type": "write an object {…}",
    "model_type": "write an object {…}",
    "model_attributes_type": "write an object {…}",
    "date_type": "write a day as 2012-09-06",
    "date_parsing": "write a day as 2012-09-06",
    "date_from_datetime_parsing": "write a day as 2012-09-06",
    "date_from_datetime_inexact": "write a day as 2012-09-06",
}


class InstanceProblem(ValueError):
    """An instance that cannot be used. `problems` holds every fault as a sentence: place, value, mend."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        told = " ".join(self.problems[:_SHOWN])
        more = len(self.problems) - _SHOWN
        super().__init__(f"{told} And {more} more." if more > 0 else told)


def read_instance(text: str | bytes) -> Instance:
    """Read an instance from JSON. Raises InstanceProblem."""
    if isinstance(text, bytes):
        text = _plain(text)
    try:
        instance = Instance.model_validate_json(text.removeprefix(_MARK))
    except ValidationError as error:
        raise InstanceProblem(_sentences(error)) from None
    check_instance(instance)
    return instance


def _plain(text: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte-order mark. Raises InstanceProblem."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        raise InstanceProblem(["The file is not in UTF-8. Save it as UTF-8."]) from None


def check_instance(instance: Instance) -> None:
    """Refuse an instance that names what is not there, or names one thing twice. Raises InstanceProblem."""
    problems = [*_twice(instance), *_unknown(instance), *_split(instance)]
    if problems:
        raise InstanceProblem(problems)


def remarks(instance: Instance) -> list[str]:
    """What may be a slip, as sentences: sites without a candidate, funds for whose categories none asks.

    A fund may well serve sites where nothing is asked for, so that this is no fault.
    """
    sites = {candidate.site for candidate in instance.candidates}
    categories = {candidate.category for candidate in instance.candidates}
    named: list[tuple[str, Iterable[str]]] = [
        ("site_min", instance.site_min),
        ("site_max", instance.site_max),
        *((f"equity[{index}].sites", floor.sites) for index, floor in enumerate(instance.equity)),
        *((f"funds[{index}].sites", fund.sites or ()) for index, fund in enumerate(instance.funds)),
    ]
    told = []
    for place, names in named:
        without = [name for name in names if name not in sites]
        if without:
            shown = ", ".join(f"“{name}”" for name in without[:_SHOWN])
            more = f" and {len(without) - _SHOWN} more" if len(without) > _SHOWN else ""
            told.append(f"{place} names {shown}{more}, where no candidate is.")
    for index, fund in enumerate(instance.funds):
        if fund.categories and not categories.intersection(fund.categories):
            told.append(f"funds[{index}].categories names none that a candidate has.")
    return told


def read_answer(text: str | bytes) -> Answer:
    """Read an answer that was kept as JSON. Raises InstanceProblem."""
    try:
        # What is read back was written by us: words of a list are texts in JSON.
        return Answer.model_validate_json(text)
    except ValidationError as error:
        raise InstanceProblem(_sentences(error)) from None


def as_json(value: Declared) -> dict[str, Any]:
    """Return an instance or an answer as JSON values, without what was left to its default in an instance."""
    return value.model_dump(mode="json", exclude_defaults=isinstance(value, Instance))


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas of `instance` and `answer`: those of what is read, and of what is written."""
    found = {
        "instance": Instance.model_json_schema(mode="validation"),
        "answer": Answer.model_json_schema(mode="serialization"),
    }
    for schema in found.values():
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return found


def _sentences(error: ValidationError) -> list[str]:
    return [_sentence(one["loc"], one["type"], one.get("input"), one["msg"]) for one in error.errors()]


def _sentence(location: tuple[int | str, ...], kind: str, value: Any, message: str) -> str:
    place = _place(location)
    if kind == "json_invalid":
        return f"The instance is not JSON: {message.removeprefix('Invalid JSON: ')}."
    if kind == "missing":
        return f"{place} is missing."
    mend = _MENDS.get(kind) or message.removeprefix("Input should be ").replace("Value should", "it should")
    if kind in ("greater_than_equal", "less_than_equal", "less_than", "greater_than"):
        mend = f"write a number {mend}"
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return f"{place} is {shown if len(shown) <= 60 else shown[:57] + '…'}; {mend}."


def _place(location: tuple[int | str, ...]) -> str:
    place = ""
    for part in location:
        if isinstance(part, int):
            place += f"[{part}]"
        elif part == "[key]":
            place += " (the name itself)"
        else:
            place += f".{part}" if place else part
    return place or "The instance"


def _twice(instance: Instance) -> Iterator[str]:
    for what, names in (
        ("funds", [fund.id for fund in instance.funds]),
        ("candidates", [candidate.id for candidate in instance.candidates]),
        ("limits", [limit.name for limit in instance.limits]),
    ):
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            if name in first:
                yield f"{what}[{index}] is “{name}”, as {what}[{first[name]}] is; give each its own name."
            first.setdefault(name, index)
    moved: dict[str, int] = {}
    for index, rule in enumerate(instance.transfers):
        for fund in rule.funds:
            if fund in moved:
                yield f"transfers[{index}].funds names “{fund}”, as [{moved[fund]}] does; name it once."
            moved[fund] = index
    for index, candidate in enumerate(instance.candidates):
        seen: set[str] = set()
        for option in candidate.options or ():
            if option.fund in seen:
                yield f"candidates[{index}].options names the fund “{option.fund}” twice; name it once."
            seen.add(option.fund)


def _unknown(instance: Instance) -> Iterator[str]:
    known = instance.candidate_of
    for index, candidate in enumerate(instance.candidates):
        for what in ("requires", "conflicts"):
            for other in getattr(candidate, what):
                if other not in known:
                    yield f"candidates[{index}].{what} names “{other}”, which is no candidate."
                elif other == candidate.id:
                    yield f"candidates[{index}].{what} names itself, “{other}”; take it out."
        for option in candidate.options or ():
            if option.fund not in instance.fund_of:
                yield f"candidates[{index}].options names the fund “{option.fund}”, which is not among funds."
    for place, names in (
        ("locked_in", instance.locked_in),
        ("locked_out", instance.locked_out),
        *((f"limits[{index}].weights", limit.weights) for index, limit in enumerate(instance.limits)),
    ):
        for name in names:
            if name not in known:
                yield f"{place} names “{name}”, which is no candidate."
    for index, rule in enumerate(instance.transfers):
        for fund in rule.funds:
            if fund not in instance.fund_of:
                yield f"transfers[{index}].funds names “{fund}”, which is not among funds."


def _split(instance: Instance) -> Iterator[str]:
    for index, candidate in enumerate(instance.candidates):
        if candidate.split and not one_price(candidate):
            yield (
                f"candidates[{index}].split is true, but its options differ in cost or benefit; "
                "give them one cost and one benefit, or take split out."
            )


def one_price(candidate: Candidate) -> bool:
    """Whether a candidate costs and brings the same whichever fund pays it."""
    return len({(option.cost, option.benefit) for option in candidate.options or ()}) <= 1
