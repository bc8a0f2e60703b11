"""Puts up the walls around seats, tracked months and academies; their rows go by a reviewed disposal alone."""

from django.db import migrations

from schoolward.platform.access.wall import deletion, standing

CHANGEABLE = {
    "cases.ClassSeat": {"guardian_id", "state", "offered_on", "confirmed_on", "settled_on", "why_freed"},
    "cases.SeatDuty": {"done_on", "was_reached"},
    "cases.MonthlyTrack": {"justice", "school", "family", "club", "told_on", "by_id"},
    "cases.AcademyMember": {"left_on", "left_as"},
    "cases.ServiceHours": {"state", "decided_by_id", "decided_at"},
    "cases.AcademyPresence": {"came"},
}


def build(apps, schema_editor):
    for label, changeable in CHANGEABLE.items():
        table = label.lower().replace(".", "_")
        standing.protect(schema_editor.connection, table, changeable=changeable)
        standing.guard_deletion(schema_editor.connection, table, label)


def tear_down(apps, schema_editor):
    for label in CHANGEABLE:
        table = label.lower().replace(".", "_")
        deletion.tear_down(schema_editor.connection, table)
        standing.unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_walls_of_retention"),
        ("cases", "0010_class_days_tracking_academies"),
    ]

    operations = [migrations.RunPython(build, tear_down)]
