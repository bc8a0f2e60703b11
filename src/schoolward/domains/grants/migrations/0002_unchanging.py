"""The ledger and what was signed are never changed: the database refuses it."""

from django.db import migrations

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_initial")]

    operations = [
        refuse_updates(
            "grants_entry",
            "grants_transfer",
            "grants_evidence",
            "grants_purpose",
            "grants_amendment",
            "grants_signoff",
        )
    ]
