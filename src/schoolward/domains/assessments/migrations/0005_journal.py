"""The journal of walks as it came, and its walls: entries and photographs never change; the pin of a
photograph may be set on the plan until its walk is handed in, because a device sends it after the picture."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from schoolward.platform.audit.unchanging import refuse_updates

PHOTOS = "assessments_answerphoto"
#: Everything of a photograph but its pin.
FIXED = (
    "walk_id, item_id, file_id, sha256, file_name, caption, longitude, latitude, client_id, at, by_name, "
    "invented"
)
PINS = "plan_id, plan_x, plan_y"
HANDED_IN = "SELECT 1 FROM assessments_walk WHERE id = OLD.walk_id AND submitted_at IS NOT NULL"
SAYS = f"rows of {PHOTOS} are never changed"
CLOSED = f"rows of {PHOTOS} are never changed once the walk is handed in"

SQLITE = [
    f"CREATE TRIGGER photo_fixed BEFORE UPDATE OF {FIXED} ON {PHOTOS} "
    f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END",
    f"CREATE TRIGGER photo_pin_closed BEFORE UPDATE OF {PINS} ON {PHOTOS} WHEN EXISTS ({HANDED_IN}) "
    f"BEGIN SELECT RAISE(ABORT, '{CLOSED}'); END",
]
POSTGRESQL = [
    f"""CREATE FUNCTION photo_pin_closed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS ({HANDED_IN}) THEN RAISE EXCEPTION '{CLOSED}'; END IF;
        RETURN NEW;
    END $$""",
    f"CREATE TRIGGER photo_fixed BEFORE UPDATE OF {FIXED} ON {PHOTOS} "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    f"CREATE TRIGGER photo_pin_closed BEFORE UPDATE OF {PINS} ON {PHOTOS} "
    "FOR EACH ROW EXECUTE FUNCTION photo_pin_closed()",
]
UNDO = {
    "sqlite": ["DROP TRIGGER photo_fixed", "DROP TRIGGER photo_pin_closed"],
    "postgresql": [
        f"DROP TRIGGER photo_fixed ON {PHOTOS}",
        f"DROP TRIGGER photo_pin_closed ON {PHOTOS}",
        "DROP FUNCTION photo_pin_closed()",
    ],
}


def _run(statements: dict[str, list[str]]) -> Any:
    def run(_apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


def _whole_wall() -> migrations.RunPython:
    """The wall of migration 0003 around photographs, to be taken down, and put up again on the way back."""
    wall = refuse_updates(PHOTOS)
    return migrations.RunPython(wall.reverse_code, wall.code)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_fillings"), ("files", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="WalkEntry",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("strand", models.UUIDField()),
                ("sequence", models.PositiveBigIntegerField()),
                (
                    "moment",
                    models.CharField(help_text="By the device's clock, which may be wrong.", max_length=40),
                ),
                ("kind", models.CharField(max_length=8)),
                ("payload", models.TextField(help_text="JSON, letter by letter as the device wrote it.")),
                ("sha256", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                (
                    "skew_s",
                    models.FloatField(
                        blank=True, help_text="Seconds by which the device's clock was ahead.", null=True
                    ),
                ),
                (
                    "walk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="assessments.walk",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "walk entries",
                "ordering": ["walk", "strand", "sequence"],
                "constraints": [
                    models.UniqueConstraint(fields=("walk", "strand", "sequence"), name="walk_entry_place"),
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gte", 1)), name="walk_entry_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("set", "add", "remove", "note", "photo", "submit"))),
                        name="walk_entry_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WalkPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "walk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.walk",
                    ),
                ),
            ],
            options={
                "ordering": ["walk", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("walk", "sha256"), name="walk_photo_once"),
                ],
            },
        ),
        refuse_updates("assessments_walkentry", "assessments_walkphoto"),
        _whole_wall(),
        migrations.RunPython(_run({"sqlite": SQLITE, "postgresql": POSTGRESQL}), _run(UNDO)),
    ]
