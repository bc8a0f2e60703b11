"""Puts up the walls: what was signed, sealed or judged stays, and consents are read by their agencies alone."""

from django.db import migrations

from schoolward.platform.access.wall import standing, triggers
from schoolward.platform.access.wall.standing import Fixed

KEPT = (
    Fixed("access_agreement", frozenset({"revoked_at", "revoked_reason", "revoked_by_id"}), "revoked_at"),
    Fixed("access_signature", frozenset(), None),
    Fixed("access_sealing", frozenset({"sealed_at", "sealed_by_id"}), "sealed_at"),
    Fixed("access_emergency", frozenset({"reviewed_at", "reviewed_by_id", "judgement", "note"}), "reviewed_at"),
)


def build(apps, schema_editor):
    standing.build_kept(schema_editor.connection, KEPT)
    standing.protect(
        schema_editor.connection,
        "access_consent",
        changeable={"withdrawn_at"},
        readers=("agency_id", "recipient_id"),
    )


def tear_down(apps, schema_editor):
    standing.unprotect(schema_editor.connection, "access_consent")
    for one in KEPT:
        triggers.tear_down(schema_editor.connection, one.table)


class Migration(migrations.Migration):
    dependencies = [("access", "0002_sharing")]

    operations = [migrations.RunPython(build, tear_down)]
