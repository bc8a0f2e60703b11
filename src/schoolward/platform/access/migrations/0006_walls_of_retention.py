"""Puts up the walls of retention: what was set, held and certified stays, and consents go by a disposal alone."""

from django.db import migrations

from schoolward.platform.access.wall import deletion, standing, triggers
from schoolward.platform.access.wall.standing import Fixed

KEPT = (
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


def build(apps, schema_editor):
    standing.build_kept(schema_editor.connection, KEPT)
    standing.guard_deletion(schema_editor.connection, "access_consent", "access.Consent")


def tear_down(apps, schema_editor):
    deletion.tear_down(schema_editor.connection, "access_consent")
    for one in KEPT:
        triggers.tear_down(schema_editor.connection, one.table)


class Migration(migrations.Migration):
    dependencies = [("access", "0005_retention")]

    operations = [migrations.RunPython(build, tear_down)]
