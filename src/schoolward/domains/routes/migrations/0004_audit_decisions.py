"""What was decided about each thing that a walk audit found failing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessments', '0010_way_to_school'),
        ('routes', '0003_street_networks_and_plans'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='The code of the item in its instrument.', max_length=64)),
                ('reason', models.TextField(blank=True, help_text='Why it is no barrier.')),
                ('at', models.DateTimeField()),
                ('by_name', models.CharField(max_length=200)),
                ('invented', models.BooleanField(default=False)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.assessment', verbose_name='walk audit')),
                ('barrier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audit_decisions', to='routes.barrier')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['assessment', 'code'],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'code'), name='routes_audit_decided_once'), models.CheckConstraint(condition=models.Q(models.Q(('barrier__isnull', False), ('reason', '')), models.Q(('barrier__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='routes_audit_barrier_or_reason')],
            },
        ),
    ]
