"""Writing many rows with one prepared statement.

Django's ``bulk_create`` and ``bulk_update`` make the text of a statement out of every value of every row,
which takes three times as long as the database takes for the rows. Here a statement is made once a batch, and
a value is converted only where its field's kind needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models

Converter = Callable[[Any], Any]


def insert_rows(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Insert new rows: instances, or values with the same attributes as the model has columns.

    They are not given their keys: whoever needs those uses ``bulk_create``.
    """
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    _run(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows, fields)  # noqa: S608


def update_rows(model: type[models.Model], rows: Sequence[Any], names: Sequence[str]) -> None:
    """Update these fields of the rows, by primary key."""
    if not rows:
        return
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    key = model._meta.pk
    assert key is not None  # noqa: S101 - every model has one
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    table = quote(model._meta.db_table)
    statement = f"UPDATE {table} SET {columns} WHERE {quote(str(key.column))} = %s"  # noqa: S608
    _run(statement, rows, [*fields, key])


def _run(statement: str, rows: Sequence[Any], fields: Sequence[Any]) -> None:
    held = attrgetter(*(field.attname for field in fields))
    converters = [_converter(field) for field in fields]
    values = [
        [
            value if convert is None or value is None else convert(value)
            for value, convert in zip(held(row), converters, strict=True)
        ]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _converter(field: models.Field[Any, Any]) -> Converter | None:
    """How a field's value is handed to the database; ``None``: as it is."""
    if isinstance(field, models.ForeignKey | models.IntegerField | models.BooleanField):
        return None
    if isinstance(field, models.CharField):
        return str  # a choice is handed over as the text that it stands for
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return lambda value: field.get_db_prep_save(value, connection)


def _json(value: Any) -> Any:
    """As Django stores it; a list or an object that is empty needs no encoder."""
    if not value and connection.vendor == "sqlite":
        return "[]" if isinstance(value, list) else "{}"
    return connection.ops.adapt_json_value(value, None)
