"""History rows of work are never changed: the database refuses it."""

from django.db import migrations

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial")]

    operations = [refuse_updates("work_transition", "work_duechange", "work_evidence")]
