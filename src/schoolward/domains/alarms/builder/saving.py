"""Writing many rows with one statement for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


def update_rows(model: type[models.Model], rows: Sequence[Any], names: Sequence[str]) -> None:
    """Update these fields of the rows, by primary key: one prepared statement, run for each row.

    Django's ``bulk_update`` writes a CASE of every row into each column, which takes longer than the rows.
    """
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in names]
    key = model._meta.pk
    assert key is not None  # noqa: S101 - every model has one
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)  # type: ignore[union-attr]
    statement = (
        f"UPDATE {quote(model._meta.db_table)} SET {columns} "  # noqa: S608 - names of our own model
        f"WHERE {quote(key.column)} = %s"
    )
    values = [
        (
            *(
                field.get_db_prep_save(getattr(row, field.attname), connection)  # type: ignore[union-attr]
                for field in fields
            ),
            row.pk,
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
