from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("alarms", "0004_armed_days"),
    ]

    operations = [
        migrations.AlterField(
            model_name="appeal",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("granted", "Granted: nothing is owed"),
                    ("denied", "Denied"),
                    ("withdrawn", "Withdrawn by us, or filed by mistake"),
                ],
                max_length=12,
            ),
        ),
    ]
