"""Which walls must stand, and which of them do not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignKey

from schoolward.platform.access.models.protected import ProtectedRecord
from schoolward.platform.access.wall import deletion, erasing, moving, row_security, sealed, triggers


@dataclass(frozen=True)
class Fixed:
    """A table that is kept as it is: which columns may still change, and which ends all change."""

    table: str
    changeable: frozenset[str]
    final: str | None
    unless: str = ""
    """What may be done to a row at its end all the same, in SQL."""


KEPT: tuple[Fixed, ...] = (
    Fixed("access_agreement", frozenset({"revoked_at", "revoked_reason", "revoked_by_id"}), "revoked_at"),
    Fixed("access_signature", frozenset(), None),
    Fixed("access_sealing", frozenset({"sealed_at", "sealed_by_id"}), "sealed_at"),
    Fixed("access_sealedpart", frozenset(), None),
    Fixed("access_lifting", frozenset(), None),
    Fixed(
        "access_merging",
        frozenset({"followed", "undone_at", "undone_by_id", "undone_reason"}),
        "undone_at",
    ),
    Fixed(
        erasing.TABLE,
        frozenset({"reviewed_at", "reviewed_by_id", "judgement"}) | erasing.WORDS,
        "reviewed_at",
        unless=erasing.KEEPS_JUDGEMENT,
    ),
    Fixed("access_retentionschedule", frozenset({"valid_to"}), "valid_to"),
    Fixed("access_litigationhold", frozenset({"lifted_at", "lifted_by_id", "lifted_reason"}), "lifted_at"),
    Fixed(
        "access_disposal",
        frozenset({"reviewed_at", "reviewed_by_id", "is_approved", "note", "carried_out_at"}),
        "carried_out_at",
    ),
    Fixed(
        "access_disposalrow",
        frozenset({"taken_out_at", "taken_out_by_id", "taken_out_reason"}),
        "taken_out_at",
    ),
    Fixed("access_certificate", frozenset(), None),
)
"""Tables of access itself. A new one gets its line here, and the step of a migration that builds it."""


def protected() -> list[type[ProtectedRecord]]:
    """Every protected model, by its table."""
    found = (model for model in apps.get_models() if issubclass(model, ProtectedRecord))
    return sorted(found, key=lambda model: model._meta.db_table)


def build_kept(connection: BaseDatabaseWrapper, kept: Iterable[Fixed] = KEPT) -> None:
    """Put up the triggers of the tables of access itself."""
    for one in kept:
        triggers.build(connection, one.table, changeable=one.changeable, final=one.final, unless=one.unless)


def protect(
    connection: BaseDatabaseWrapper,
    table: str,
    *,
    changeable: Collection[str],
    readers: tuple[str, ...] = ("agency_id",),
) -> None:
    """Wall a protected table: whose row it is never changes, a sealed one not at all, and rows have readers.

    ``changeable`` are the columns beside ``sealed_at`` that may change.
    """
    triggers.build(connection, table, changeable={*changeable, "sealed_at"}, final="sealed_at")
    row_security.build(connection, table, readers)


def unprotect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Undo :func:`protect`."""
    triggers.tear_down(connection, table)
    row_security.tear_down(connection, table)
    sealed.tear_down(connection, table)
    moving.tear_down(connection, table)
    deletion.tear_down(connection, table)


def guard_deletion(connection: BaseDatabaseWrapper, table: str, label: str) -> None:
    """Let rows of a protected table go by a reviewed disposal alone.

    A step of its own in a migration, after the tables of disposals are there (``access.0005_retention``).
    """
    deletion.tear_down(connection, table)
    deletion.build(connection, table, label)


def guard_seal(connection: BaseDatabaseWrapper, table: str, label: str) -> None:
    """Let the seal of a protected row come off where its order was lifted, and add none of a sealed person.

    A step of its own in a migration, after the tables of orders are there (``access.0007_lifting``).
    """
    sealed.tear_down(connection, table)
    sealed.build(connection, table, label)


def guard_person(
    connection: BaseDatabaseWrapper,
    table: str,
    label: str,
    *,
    columns: Collection[str],
    changeable: Collection[str],
) -> None:
    """Let the ``columns`` that say about whom a row is change by a merging alone; ``changeable`` as before.

    A step of its own in a migration, after the table of mergings is there (``access.0009_merging``).
    """
    moving.tear_down(connection, table)
    triggers.tear_down_fixed(connection, table)
    triggers.build(connection, table, changeable={*changeable, *columns, "sealed_at"}, final=None)
    moving.build(connection, table, label, columns)


def unguard_person(connection: BaseDatabaseWrapper, table: str, *, changeable: Collection[str]) -> None:
    """Undo :func:`guard_person`."""
    moving.tear_down(connection, table)
    triggers.tear_down_fixed(connection, table)
    triggers.build(connection, table, changeable={*changeable, "sealed_at"}, final=None)


def person_columns(model: type[ProtectedRecord]) -> frozenset[str]:
    """The columns that say about whom a row of this table is; none where its rows do not move."""
    if not model.moves_with_person:
        return frozenset()
    keys = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
    persons = {key.column for key in keys if getattr(key.related_model, "is_the_person", False)}
    return frozenset({"subject", *persons})


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Put every wall up anew."""
    for one in KEPT:
        triggers.tear_down(connection, one.table)
    build_kept(connection)
    erasing.tear_down(connection)
    erasing.build(connection)
    for model in protected():
        unprotect(connection, model._meta.db_table)
        protect(connection, model._meta.db_table, changeable=model.changeable, readers=model.readers)
        guard_seal(connection, model._meta.db_table, model._meta.label)
        if columns := person_columns(model):
            guard_person(
                connection,
                model._meta.db_table,
                model._meta.label,
                columns=columns,
                changeable=model.changeable,
            )
        guard_deletion(connection, model._meta.db_table, model._meta.label)


def missing(
    connection: BaseDatabaseWrapper, models: Iterable[type[ProtectedRecord]] | None = None
) -> list[str]:
    """What of the walls is not there, in words. Empty when all stand."""
    lost: list[str] = []
    for one in KEPT:
        wanted = list(triggers.names(one.table)[: 2 if one.final else 1])
        wanted += [erasing.NAME] if one.table == erasing.TABLE else []
        lost += [f"trigger {name}" for name in wanted if name not in triggers.present(connection, one.table)]
    for model in protected() if models is None else models:
        table = model._meta.db_table
        there = triggers.present(connection, table)
        wanted = [triggers.names(table)[0], *sealed.names(table), deletion.name(table)]
        wanted += [moving.name(table)] if model.moves_with_person else []
        lost += [f"trigger {name}" for name in wanted if name not in there]
        lost += row_security.missing(connection, table)
    return lost


def who_connects(connection: BaseDatabaseWrapper) -> tuple[bool, bool]:
    """On PostgreSQL, whether the role passes row-level security by, and whether it owns a protected table."""
    if connection.vendor != "postgresql":
        return False, False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        passes_by = bool(cursor.fetchone()[0])
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_tables WHERE tablename = ANY(%s) AND tableowner = current_user)",
            [[model._meta.db_table for model in protected()]],
        )
        return passes_by, bool(cursor.fetchone()[0])
