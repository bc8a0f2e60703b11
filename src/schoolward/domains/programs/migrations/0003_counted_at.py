"""When a device without a network counted, which may be hours before its count was received."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_unchanging")]

    operations = [
        # A column that may be empty is added in place: the trigger of 0002 stays on the table.
        migrations.AddField(
            model_name="sessioncount",
            name="counted_at",
            field=models.DateTimeField(blank=True, null=True),
        )
    ]
