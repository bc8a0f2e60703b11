"""What the database itself refuses: a change of answers, photographs and sightings, and of an instrument's
version that an assessment uses."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from schoolward.platform.audit.unchanging import refuse_updates

#: Everything of a version but the last day of its use, which ends when the next one begins.
FIXED = "instrument_id, version, title, credit, format, file_id, file_name, sha256, valid_from"
USED = "SELECT 1 FROM assessments_assessment WHERE version_id = {}"
MESSAGE = "a version of an instrument that an assessment uses is never changed; bring in a new version"

SQLITE = [
    f"""CREATE TRIGGER instrument_version_fixed BEFORE UPDATE OF {FIXED} ON assessments_instrumentversion
    WHEN EXISTS ({USED.format("OLD.id")}) BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
    f"""CREATE TRIGGER instrument_items_closed BEFORE INSERT ON assessments_instrumentitem
    WHEN EXISTS ({USED.format("NEW.version_id")}) BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION instrument_items_closed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS ({USED.format("NEW.version_id")}) THEN RAISE EXCEPTION '{MESSAGE}'; END IF;
        RETURN NEW;
    END $$""",
    f"""CREATE FUNCTION instrument_version_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS ({USED.format("OLD.id")}) THEN RAISE EXCEPTION '{MESSAGE}'; END IF;
        RETURN NEW;
    END $$""",
    f"""CREATE TRIGGER instrument_version_fixed BEFORE UPDATE OF {FIXED} ON assessments_instrumentversion
    FOR EACH ROW EXECUTE FUNCTION instrument_version_fixed()""",
    """CREATE TRIGGER instrument_items_closed BEFORE INSERT ON assessments_instrumentitem
    FOR EACH ROW EXECUTE FUNCTION instrument_items_closed()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER instrument_version_fixed", "DROP TRIGGER instrument_items_closed"],
    "postgresql": [
        "DROP TRIGGER instrument_version_fixed ON assessments_instrumentversion",
        "DROP TRIGGER instrument_items_closed ON assessments_instrumentitem",
        "DROP FUNCTION instrument_version_fixed()",
        "DROP FUNCTION instrument_items_closed()",
    ],
}


def _run(statements: dict[str, list[str]]) -> Any:
    def run(_apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_instruments_walks_findings")]

    operations = [
        refuse_updates(
            "assessments_answer",
            "assessments_answerphoto",
            "assessments_sighting",
            "assessments_planrun",
            "assessments_instrumentitem",
        ),
        migrations.RunPython(_run({"sqlite": SQLITE, "postgresql": POSTGRESQL}), _run(UNDO)),
    ]
