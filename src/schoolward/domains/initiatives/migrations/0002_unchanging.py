"""History rows of initiatives are never changed: the database refuses it."""

from django.db import migrations

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]

    operations = [
        refuse_updates("initiatives_statusupdate", "initiatives_duechange", "initiatives_decision")
    ]
