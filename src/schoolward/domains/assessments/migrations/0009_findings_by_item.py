"""An unresolved finding is one of its item, not of a code that another version may use for something else."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0008_items_not_asked'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='finding',
            name='finding_once_while_unresolved',
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('open', 'accepted'))), fields=('campus', 'item'), name='finding_of_item_once_while_open'),
        ),
    ]
