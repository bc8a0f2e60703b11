"""The program that a referrer named is kept; of a referral that ended without a start nothing is told.

The walls of the table come down for it, because SQLite makes the table anew, and go up again at the end.
"""

import django.db.models.deletion
from django.db import migrations, models

from schoolward.platform.access.wall import standing

TABLE, LABEL = "cases_referral", "cases.Referral"
CHANGEABLE = {
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
}


def tear_down(apps, schema_editor):
    standing.unprotect(schema_editor.connection, TABLE)


def build(apps, schema_editor):
    standing.protect(schema_editor.connection, TABLE, changeable=CHANGEABLE)
    standing.guard_deletion(schema_editor.connection, TABLE, LABEL)


def tell_less(apps, schema_editor):
    referrals = apps.get_model("cases", "Referral")._base_manager
    referrals.filter(told="ended", started_on__isnull=True).update(told="received")


def tell_more(apps, schema_editor):
    referrals = apps.get_model("cases", "Referral")._base_manager
    referrals.filter(told="received", state__in=["completed", "ended"]).update(told="ended")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_walls_of_class_days_tracking_academies"),
        ("programs", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(tear_down, build),
        migrations.AddField(
            model_name="referral",
            name="named_program",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.program",
                verbose_name="the program that the referrer named",
            ),
        ),
        migrations.AlterField(
            model_name="referral",
            name="told",
            field=models.CharField(
                choices=[("received", "Received"), ("started", "Started"), ("ended", "Closed")],
                default="received",
                max_length=8,
                verbose_name="what the referrer learns",
            ),
        ),
        migrations.RemoveConstraint(model_name="referral", name="referral_tells_no_more"),
        migrations.RunPython(tell_less, tell_more),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(told="ended", state__in=("completed", "ended"), started_on__isnull=False)
                | models.Q(told="started", state="started")
                | models.Q(told="received", started_on__isnull=True),
                name="referral_tells_no_more",
            ),
        ),
        migrations.RunPython(build, tear_down),
    ]
