"""Puts up the walls around the center's, truancy's and diversion's tables."""

from django.db import migrations

from schoolward.platform.access.wall import standing

CHANGEABLE = {
    "cases_centrevisit": {"cause", "left_at", "released_to", "parent_told_at", "notice_exempt"},
    "cases_parentcontact": set(),
    "cases_planstep": {"done_on"},
    "cases_visitfollowup": {"done_on", "found"},
    "cases_truancydeed": set(),
    "cases_boardcontract": {"outcome", "outcome_on"},
    "cases_diversioncase": {
        "kind",
        "level",
        "accepts_responsibility",
        "guardian_agrees",
        "victim_heard",
        "group",
        "edition",
        "answer",
        "decided_on",
        "was_offered",
        "no_offer",
        "declined_on",
        "signed_on",
        "ends_on",
        "outcome",
        "outcome_on",
        "determined_on",
        "agency_told_on",
    },
    "cases_contractterm": set(),
    "cases_termproof": set(),
}


def build(apps, schema_editor):
    for table, changeable in CHANGEABLE.items():
        standing.protect(schema_editor.connection, table, changeable=changeable)


def tear_down(apps, schema_editor):
    for table in CHANGEABLE:
        standing.unprotect(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_centre_and_diversion")]

    operations = [migrations.RunPython(build, tear_down)]
