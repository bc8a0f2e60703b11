"""A diversion that was declined, not offered or not to be had is closed, too, and its years of keeping run.

The walls of the table come down while the day is filled in, and go up again at the end.
"""

from django.db import migrations, models
from django.db.models import Case, F, Q, When

from schoolward.platform.access.wall import standing

TABLE, LABEL = "cases_diversioncase", "cases.DiversionCase"
CHANGEABLE = {
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
    "closed_on",
    "determined_on",
    "agency_told_on",
}


def tear_down(apps, schema_editor):
    standing.unprotect(schema_editor.connection, TABLE)


def build(apps, schema_editor):
    standing.protect(schema_editor.connection, TABLE, changeable=CHANGEABLE)
    standing.guard_deletion(schema_editor.connection, TABLE, LABEL)


def close(apps, schema_editor):
    cases = apps.get_model("cases", "DiversionCase")._base_manager
    cases.update(
        closed_on=Case(
            When(outcome_on__isnull=False, then=F("outcome_on")),
            When(declined_on__isnull=False, then=F("declined_on")),
            When(Q(was_offered=False) & Q(decided_on__isnull=False), then=F("decided_on")),
            default=None,
            output_field=models.DateField(null=True),
        )
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_what_a_referrer_learns")]

    operations = [
        migrations.RunPython(tear_down, build),
        migrations.AddField(
            model_name="diversioncase",
            name="closed_on",
            field=models.DateField(
                blank=True,
                help_text="The day of the end, of the no, or of the decision that made no offer: "
                "it is kept from then.",
                null=True,
            ),
        ),
        migrations.RunPython(close, migrations.RunPython.noop),
        migrations.RunPython(build, tear_down),
    ]
