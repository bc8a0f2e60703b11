from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("exchange", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="forgotten_at",
            field=models.DateTimeField(
                help_text="When an import about young people lost its file and what its rows said.", null=True
            ),
        ),
    ]
