"""A plan's snapshot, an approval and its transfers are never changed: the database refuses it."""

from django.db import migrations

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial")]

    operations = [refuse_updates("funding_plan", "funding_approval", "funding_transferneed")]
