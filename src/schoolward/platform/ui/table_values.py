"""The values of a table's rows for an export, with what is the same in a whole column asked once.

`django_tables2` gives the same values, but asks at every cell for the signature of the column's function,
and at every cell with choices for the words of all of them: a millisecond a row, during which the one web
process answers nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partialmethod
from inspect import getattr_static
from typing import Any

from django.db.models import Model
from django.utils.encoding import force_str
from django_tables2 import Column, ManyToManyColumn, Table
from django_tables2.columns.linkcolumn import BaseLinkColumn
from django_tables2.rows import BoundRow
from django_tables2.utils import A, signature

Read = Callable[[Any], Any]


def table_values(table: Table) -> Iterator[list[object]]:
    """The rows of a table as ``as_values`` gives them under its header, many times faster."""
    readers = [_reader(table, column) for column in table.columns.iterall() if _goes_out(column)]
    for record in table.data:
        yield [force_str(read(record), strings_only=True) for read in readers]


def _goes_out(bound_column: Any) -> bool:
    return not bound_column.column.exclude_from_export


def _reader(table: Table, bound_column: Any) -> Read:
    """What gives the column's value of a record."""
    column, name = bound_column.column, bound_column.name
    if isinstance(column, BaseLinkColumn | ManyToManyColumn):
        return lambda record: BoundRow(record, table=table).get_cell_value(name)
    find, call = _Finder(bound_column.accessor), _caller(table, bound_column)
    empty = column.empty_values

    def read(record: Any) -> Any:
        value = find(record)
        return None if value in empty else call(value, record)

    return read


class _Finder:
    """Finds what an accessor names in a record: for a field with choices the words, else what is kept there.

    Nothing is found where the way breaks off.
    """

    def __init__(self, accessor: str) -> None:
        self._accessor = A(accessor)
        bits: list[str] = list(self._accessor.bits) or [""]
        self._before, self._last = bits[:-1], bits[-1]
        self._words: dict[type[Model], dict[Any, str] | None] = {}

    def __call__(self, record: Any) -> Any:
        holder = record
        for bit in self._before:
            if not isinstance(holder, Model):
                break
            holder = getattr(holder, bit, None)
        if holder is None:
            return None
        if not isinstance(holder, Model):
            return self._resolved(record)
        kind = type(holder)
        if kind not in self._words:
            self._words[kind] = _words(kind, self._last)
        words = self._words[kind]
        found = getattr(holder, self._last, None)
        if words is not None:
            return words.get(found, found)
        return found if found is None or not callable(found) else self._resolved(record)

    def _resolved(self, record: Any) -> Any:
        holder, last = self._accessor.penultimate(record)
        display = getattr(holder, f"get_{last}_display", None) if isinstance(holder, Model) else None
        field = self._accessor.get_field(record) if display else None
        if display and getattr(field, "choices", ()):
            return display()
        return self._accessor.resolve(record, quiet=True)


def _words(kind: type[Model], name: str) -> dict[Any, str] | None:
    """The words of a field's choices; ``None`` for what has none, or tells them in a way of its own."""
    field = next((one for one in kind._meta.concrete_fields if one.name == name), None)
    if field is None or not field.choices:
        return None
    display = getattr_static(kind, f"get_{name}_display", None)
    own = Model._get_FIELD_display  # type: ignore[attr-defined]  # the stubs lack it
    if not isinstance(display, partialmethod) or display.func is not own:
        return None
    return {value: str(words) for value, words in field.flatchoices}


def _caller(table: Table, bound_column: Any) -> Callable[[Any, Any], Any]:
    """The column's function for exports, called with the arguments that it names."""
    function, column = bound_column.value, bound_column.column
    if getattr(function, "__func__", None) is Column.value:
        # It does no more than to hand on to what the page shows.
        function = column.render
    if getattr(function, "__func__", None) is Column.render:
        return _itself
    names, takes_all = signature(function)
    same = {"column": column, "bound_column": bound_column, "table": table}
    known = {*same, "value", "record", "bound_row"}
    wanted = known if takes_all else set(names)
    fixed = {name: given for name, given in same.items() if name in wanted}

    def call(value: Any, record: Any) -> Any:
        given = dict(fixed)
        if "value" in wanted:
            given["value"] = value
        if "record" in wanted:
            given["record"] = record
        if "bound_row" in wanted:
            given["bound_row"] = BoundRow(record, table=table)
        return function(**given)

    return call if wanted <= known else _nothing


def _itself(value: Any, _record: Any) -> Any:
    return value


def _nothing(_value: Any, _record: Any) -> None:
    """What the library gives for a function that names an argument which it does not know."""
