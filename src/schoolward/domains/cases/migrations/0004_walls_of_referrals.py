"""Puts up the walls around referrals and what is kept beside them."""

from django.db import migrations

from schoolward.platform.access.wall import standing

CHANGEABLE = {
    "cases_referral": {
        "program_id",
        "offering_id",
        "family_knows",
        "state",
        "told",
        "end_reason",
        "contacted_on",
        "consented_on",
        "started_on",
        "ended_on",
        "since",
        "due_on",
        "stall_told_on",
        "consent_id",
        "coordinator_id",
        "passed_to_id",
        "version",
    },
    "cases_step": set(),
    "cases_contact": set(),
    "cases_goal": {"words", "review_on", "state"},
    "cases_service": {"planned", "attended"},
    "cases_followup": {"found", "source", "on"},
}


def build(apps, schema_editor):
    for table, changeable in CHANGEABLE.items():
        standing.protect(schema_editor.connection, table, changeable=changeable)


def tear_down(apps, schema_editor):
    for table in CHANGEABLE:
        standing.unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_referrals")]

    operations = [migrations.RunPython(build, tear_down)]
