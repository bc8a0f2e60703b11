"""A seal comes off where its order was lifted; nothing goes on by a yes that was taken back."""

from django.db import migrations

from schoolward.domains.cases import consent_wall
from schoolward.platform.access.wall import sealed, standing, triggers

#: What every protected table has, and no other: those that stand here when this runs are all walled.
COLUMNS = {"agency", "subject", "record_class", "sealed_at"}


def _tables(apps):
    for model in apps.get_app_config("cases").get_models():
        if {field.name for field in model._meta.get_fields()} >= COLUMNS:
            yield model._meta.db_table, model._meta.label


def build(apps, schema_editor):
    for table, label in _tables(apps):
        standing.guard_seal(schema_editor.connection, table, label)
    consent_wall.build(schema_editor.connection)


def tear_down(apps, schema_editor):
    connection = schema_editor.connection
    consent_wall.tear_down(connection)
    for table, _label in _tables(apps):
        sealed.tear_down(connection, table)
        triggers.finish(connection, table, "sealed_at")


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_walls_of_lifting"),
        ("cases", "0013_closed_diversions"),
    ]

    operations = [migrations.RunPython(build, tear_down)]
