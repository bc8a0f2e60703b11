import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('report', models.CharField(max_length=40)),
                ('number', models.PositiveIntegerField()),
                ('as_of', models.DateField(verbose_name='as of')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('approved', 'Approved'), ('published', 'Published'), ('superseded', 'Superseded')], default='draft', max_length=12)),
                ('round', models.PositiveIntegerField(default=1)),
                ('frozen_at', models.DateTimeField(blank=True, null=True, verbose_name='numbers frozen at')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('frozen', models.JSONField(blank=True, null=True, verbose_name='frozen content')),
                ('invented', models.BooleanField(default=False, verbose_name='holds invented demonstration data')),
                ('created_at', models.DateTimeField()),
                ('agenda_item', models.CharField(blank=True, max_length=20, verbose_name='agenda item')),
                ('meeting_date', models.DateField(verbose_name='meeting date')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('item_type', models.CharField(max_length=30, verbose_name='item type')),
                ('division', models.CharField(max_length=80, verbose_name='division')),
                ('minutes_planned', models.PositiveIntegerField(default=15, verbose_name='estimated time, in minutes')),
                ('submitted_by_role', models.CharField(max_length=120, verbose_name='submitted by')),
                ('approved_by_role', models.CharField(max_length=120, verbose_name='approved by')),
                ('minutes_text', models.TextField(blank=True, verbose_name='minutes of the board')),
            ],
            options={
                'ordering': ['-as_of', '-number'],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='edition_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'review', 'approved', 'published', 'superseded'])), name='edition_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('frozen_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('frozen__isnull', False), ('frozen_at__isnull', False)), _connector='OR'), name='edition_frozen_unless_draft'), models.CheckConstraint(condition=models.Q(('published_at__isnull', False), models.Q(('state__in', ['published', 'superseded']), _negated=True), _connector='OR'), name='edition_published_when'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('report', 'as_of'), name='edition_one_published_a_date')],
            },
        ),
        migrations.CreateModel(
            name='CellReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('section', models.SlugField(max_length=40)),
                ('token', models.CharField(max_length=200)),
                ('measure_key', models.CharField(max_length=80)),
                ('measure_version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('unit', models.CharField(max_length=60)),
                ('period_start', models.DateField(null=True)),
                ('period_end', models.DateField(null=True)),
                ('as_of', models.DateField()),
                ('campus_id', models.BigIntegerField(null=True)),
                ('campus_name', models.CharField(blank=True, max_length=200)),
                ('shown', models.CharField(max_length=80)),
                ('value', models.FloatField(null=True)),
                ('numerator', models.FloatField(null=True)),
                ('denominator', models.FloatField(null=True)),
                ('suppressed', models.BooleanField(default=False)),
                ('collected', models.BooleanField(default=True)),
                ('minimum_count', models.PositiveIntegerField(default=0)),
                ('in_chart', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True)),
                ('record_model', models.CharField(max_length=80)),
                ('record_count', models.PositiveIntegerField()),
                ('record_digest', models.CharField(max_length=64)),
                ('record_keys', models.BinaryField()),
                ('query', models.TextField(blank=True)),
                ('anomaly', models.CharField(max_length=12)),
                ('anomaly_sentence', models.TextField(blank=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='reports.edition')),
            ],
            options={
                'ordering': ['edition', 'position'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'position'), name='cell_position_once')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('order', models.PositiveSmallIntegerField()),
                ('body', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='reports.edition')),
            ],
            options={
                'ordering': ['edition', 'order'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'key'), name='section_once_an_edition')],
            },
        ),
        migrations.CreateModel(
            name='Signoff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('step', models.CharField(choices=[('submit', 'Submitted for review'), ('approve', 'Approved'), ('publish', 'Published')], max_length=10)),
                ('account_id', models.BigIntegerField(null=True)),
                ('account_name', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('note', models.TextField(blank=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signoffs', to='reports.edition')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('edition', 'round', 'step'), name='signoff_step_once_a_round'), models.UniqueConstraint(condition=models.Q(('step__in', ['approve', 'publish'])), fields=('edition', 'round', 'account_id'), name='signoff_two_different_people')],
            },
        ),
        migrations.CreateModel(
            name='AnomalySignoff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_id', models.BigIntegerField(null=True)),
                ('account_name', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('cell', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='anomaly_signoff', to='reports.cellreading')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='anomaly_signoff_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('account_id', models.BigIntegerField(null=True)),
                ('account_name', models.CharField(max_length=200)),
                ('role', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('cell', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='reports.cellreading')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='reports.edition')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='correction_has_text')],
            },
        ),
    ]
