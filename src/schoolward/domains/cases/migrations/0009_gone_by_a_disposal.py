"""Lets no row about a young person go but by a disposal that a second person has reviewed."""

from django.db import migrations

from schoolward.platform.access.wall import deletion, standing

TABLES = {
    "cases_youth": "cases.Youth",
    "cases_guardian": "cases.Guardian",
    "cases_attendanceday": "cases.AttendanceDay",
    "cases_truancydeed": "cases.TruancyDeed",
    "cases_boardcontract": "cases.BoardContract",
    "cases_referral": "cases.Referral",
    "cases_step": "cases.Step",
    "cases_contact": "cases.Contact",
    "cases_goal": "cases.Goal",
    "cases_service": "cases.Service",
    "cases_followup": "cases.FollowUp",
    "cases_centrevisit": "cases.CentreVisit",
    "cases_parentcontact": "cases.ParentContact",
    "cases_planstep": "cases.PlanStep",
    "cases_visitfollowup": "cases.VisitFollowUp",
    "cases_diversioncase": "cases.DiversionCase",
    "cases_contractterm": "cases.ContractTerm",
    "cases_termproof": "cases.TermProof",
}


def build(apps, schema_editor):
    for table, label in TABLES.items():
        standing.guard_deletion(schema_editor.connection, table, label)


def tear_down(apps, schema_editor):
    for table in TABLES:
        deletion.tear_down(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0006_walls_of_retention"),
        ("cases", "0008_walls_of_centre_and_diversion"),
    ]

    operations = [migrations.RunPython(build, tear_down)]
