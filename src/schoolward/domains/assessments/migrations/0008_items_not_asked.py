"""Which items a walk did not ask, because their condition did not hold when it was handed in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0007_settlements'),
    ]

    operations = [
        migrations.AddField(
            model_name='walk',
            name='not_asked',
            field=models.JSONField(blank=True, help_text='The codes of items whose condition did not hold when it was handed in.', null=True),
        ),
    ]
