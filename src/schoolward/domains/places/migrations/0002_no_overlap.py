"""One school's occupancies do not overlap: triggers refuse it, on either database."""

from __future__ import annotations

from typing import Any

from django.db import migrations

OVERLAP = """
    school_id = NEW.school_id AND id <> COALESCE(NEW.id, 0)
    AND COALESCE(valid_from, '0001-01-01') <= COALESCE(NEW.valid_to, '9999-12-31')
    AND COALESCE(NEW.valid_from, '0001-01-01') <= COALESCE(valid_to, '9999-12-31')
"""
MESSAGE = "a school cannot be on two campuses at once"

SQLITE = [
    f"""CREATE TRIGGER occupancy_no_overlap_{event.lower()} BEFORE {event} ON places_schooloccupancy
    WHEN EXISTS (SELECT 1 FROM places_schooloccupancy WHERE {OVERLAP})
    BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"""
    for event in ("INSERT", "UPDATE")
]
# The school's row is locked first, so that two transactions cannot both find no overlap.
POSTGRESQL = [
    f"""CREATE FUNCTION occupancy_no_overlap() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM places_school WHERE id = NEW.school_id FOR UPDATE;
        IF EXISTS (SELECT 1 FROM places_schooloccupancy WHERE {OVERLAP}) THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'exclusion_violation';
        END IF;
        RETURN NEW;
    END $$""",
    """CREATE TRIGGER occupancy_no_overlap BEFORE INSERT OR UPDATE ON places_schooloccupancy
    FOR EACH ROW EXECUTE FUNCTION occupancy_no_overlap()""",
]
SQLITE_UNDO = [f"DROP TRIGGER occupancy_no_overlap_{event}" for event in ("insert", "update")]
POSTGRESQL_UNDO = [
    "DROP TRIGGER occupancy_no_overlap ON places_schooloccupancy",
    "DROP FUNCTION occupancy_no_overlap()",
]


def _run(statements: dict[str, list[str]]) -> Any:
    def run(_apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.RunPython(
            _run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            _run({"sqlite": SQLITE_UNDO, "postgresql": POSTGRESQL_UNDO}),
        )
    ]
