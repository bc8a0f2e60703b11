"""Puts up the triggers that refuse every change to the audit but an append."""

from django.db import migrations

from schoolward.platform.audit import wall


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: wall.build(schema_editor.connection),
            lambda apps, schema_editor: wall.tear_down(schema_editor.connection),
        )
    ]
