"""Counts, reports of places and what was said about a rule are never changed: the database refuses it."""

from django.db import migrations

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]

    operations = [
        refuse_updates(
            "programs_sessioncount",
            "programs_capacityreport",
            "programs_contest",
            "programs_contestanswer",
        )
    ]
