"""Puts up the walls around young people and those who stand for them."""

from django.db import migrations

from schoolward.platform.access.wall import standing

CHANGEABLE = {
    "cases_youth": {
        "legal_name",
        "preferred_name",
        "born_on",
        "local_number",
        "home_language",
        "school_id",
        "coordinator_id",
    },
    "cases_guardian": {"name", "relation", "language", "reach_by", "reach_at"},
}


def build(apps, schema_editor):
    for table, changeable in CHANGEABLE.items():
        standing.protect(schema_editor.connection, table, changeable=changeable)


def tear_down(apps, schema_editor):
    for table in CHANGEABLE:
        standing.unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_youth")]

    operations = [migrations.RunPython(build, tear_down)]
