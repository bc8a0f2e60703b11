"""Disputes of a double walk are settled: rows that are only added."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from schoolward.platform.audit.unchanging import refuse_updates


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0006_crosswalk_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('mark', models.CharField(blank=True, choices=[('dne', 'Does not exist here'), ('uto', 'Unable to observe')], max_length=3)),
                ('reason', models.CharField(max_length=300)),
                ('effect', models.CharField(blank=True, choices=[('found', 'It became a finding'), ('declined', 'Its finding was declined'), ('seen', 'An earlier finding was seen again'), ('mended', 'An earlier finding was seen mended')], max_length=8)),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=200)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='assessments.assessment')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='assessments.finding')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.instrumentitem')),
            ],
            options={
                'ordering': ['assessment', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('mark', ''), ('value__isnull', False)), models.Q(('mark__in', ['dne', 'uto']), ('value__isnull', True)), _connector='OR'), name='settlement_is_one_answer'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='settlement_has_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('effect', ''), ('finding__isnull', True)), models.Q(('effect__in', ['found', 'declined', 'seen', 'mended']), ('finding__isnull', False)), _connector='OR'), name='settlement_effect_has_its_finding')],
            },
        ),
        refuse_updates("assessments_settlement"),
    ]
