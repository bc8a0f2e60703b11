"""Beside a receipt stands the mark of what was sent with it, so that other content is not taken for the same."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_seats_that_go_back")]

    operations = [
        migrations.AddField(
            model_name="centrevisit",
            name="sent_as",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="referral",
            name="sent_as",
            field=models.UUIDField(editable=False, null=True),
        ),
    ]
