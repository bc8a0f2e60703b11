"""What was written in an emergency look goes with the record that it is about; who looked stays."""

from django.db import migrations, models

from schoolward.platform.access.wall import erasing, standing, triggers
from schoolward.platform.access.wall.standing import Fixed

JUDGED = frozenset({"reviewed_at", "reviewed_by_id", "judgement"})
BEFORE = Fixed(erasing.TABLE, JUDGED | {"note"}, "reviewed_at")
NOW = Fixed(erasing.TABLE, JUDGED | erasing.WORDS, "reviewed_at", unless=erasing.KEEPS_JUDGEMENT)


def put_up(apps, schema_editor):
    standing.build_kept(schema_editor.connection, (NOW,))
    erasing.build(schema_editor.connection)


def take_down(apps, schema_editor):
    erasing.tear_down(schema_editor.connection)
    triggers.tear_down(schema_editor.connection, erasing.TABLE)


def put_up_before(apps, schema_editor):
    standing.build_kept(schema_editor.connection, (BEFORE,))


class Migration(migrations.Migration):
    dependencies = [("access", "0011_disposal_of_sealed")]

    operations = [
        migrations.RunPython(take_down, put_up_before),
        migrations.AddField(
            model_name="emergency",
            name="erased_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunPython(put_up, take_down),
    ]
