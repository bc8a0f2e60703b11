"""Puts up the walls of mergings: what they name stays, and a consent is about another person by one alone."""

from django.db import migrations

from schoolward.platform.access.wall import standing, triggers
from schoolward.platform.access.wall.standing import Fixed

MERGING = Fixed(
    "access_merging", frozenset({"followed", "undone_at", "undone_by_id", "undone_reason"}), "undone_at"
)
OF_A_CONSENT = frozenset({"withdrawn_at"})


def build(apps, schema_editor):
    standing.build_kept(schema_editor.connection, (MERGING,))
    standing.guard_person(
        schema_editor.connection,
        "access_consent",
        "access.Consent",
        columns={"subject"},
        changeable=OF_A_CONSENT,
    )


def tear_down(apps, schema_editor):
    standing.unguard_person(schema_editor.connection, "access_consent", changeable=OF_A_CONSENT)
    triggers.tear_down(schema_editor.connection, MERGING.table)


class Migration(migrations.Migration):
    dependencies = [("access", "0009_merging")]

    operations = [migrations.RunPython(build, tear_down)]
