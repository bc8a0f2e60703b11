"""Tables and columns that the models expect, held against those that the database has.

The list of migrations says what was once made. It does not notice what somebody dropped by hand.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection


def missing_parts() -> list[str]:
    """What is not there, as ``table x`` or ``column x.y``, by name. Empty when all is there."""
    expected = {
        model._meta.db_table: {str(field.column) for field in model._meta.local_concrete_fields}
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    missing: list[str] = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table, columns in sorted(expected.items()):
            if table not in tables:
                missing.append(f"table {table}")
                continue
            there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            missing += [f"column {table}.{column}" for column in sorted(columns - there)]
    return missing
