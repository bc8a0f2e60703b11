"""Puts up the wall around days of school."""

from django.db import migrations

from schoolward.platform.access.wall import standing

TABLE = "cases_attendanceday"
CHANGEABLE = {"mark", "minutes_absent", "excused", "enrolled", "told_at"}


def build(apps, schema_editor):
    standing.protect(schema_editor.connection, TABLE, changeable=CHANGEABLE)


def tear_down(apps, schema_editor):
    standing.unprotect(schema_editor.connection, TABLE)


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_attendance")]

    operations = [migrations.RunPython(build, tear_down)]
