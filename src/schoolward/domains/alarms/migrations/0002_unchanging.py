"""The journal and the history of cases are never changed: the database refuses it."""

from django.db import migrations

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):
    dependencies = [("alarms", "0001_initial")]

    operations = [refuse_updates("alarms_journalsegment", "alarms_caseentry")]
