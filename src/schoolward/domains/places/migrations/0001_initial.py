import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='School',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cds_code', models.CharField(max_length=14, unique=True, verbose_name='CDS code')),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('elementary', 'Elementary'), ('middle', 'Middle'), ('junior_high', 'Junior High'), ('high', 'High'), ('continuation', 'Continuation'), ('community_day', 'Community Day'), ('alternative', 'Alternative School of Choice'), ('special_education', 'Special Education'), ('k12', 'K-12'), ('adult', 'Adult'), ('office', 'Office')], max_length=20)),
                ('level', models.CharField(blank=True, max_length=20)),
                ('grades', models.CharField(blank=True, max_length=20)),
                ('is_charter', models.BooleanField(default=False)),
                ('charter_funding', models.CharField(blank=True, choices=[('direct', 'Directly funded'), ('local', 'Locally funded'), ('', 'Not a charter, or not known')], max_length=10)),
                ('opened', models.DateField(blank=True, null=True)),
                ('closed', models.DateField(blank=True, help_text='The last day of operation.', null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('former_name_note', models.CharField(blank=True, max_length=200)),
                ('former_name_verified', models.BooleanField(default=False, help_text='Whether the former name was checked against a public source.')),
            ],
            options={
                'ordering': ['name', 'cds_code'],
                'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('cds_code'), 14), name='school_cds_code_has_14_digits'), models.CheckConstraint(condition=models.Q(('opened__isnull', True), ('closed__isnull', True), ('closed__gte', models.F('opened')), _connector='OR'), name='school_dates_in_order'), models.CheckConstraint(condition=models.Q(('kind__in', ['elementary', 'middle', 'junior_high', 'high', 'continuation', 'community_day', 'alternative', 'special_education', 'k12', 'adult', 'office'])), name='school_kind_known'), models.CheckConstraint(condition=models.Q(('charter_funding', ''), ('is_charter', True), _connector='OR'), name='school_funding_only_for_charters')],
            },
        ),
        migrations.CreateModel(
            name='Campus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('name_origin', models.CharField(choices=[('directory', 'School directory'), ('edited', 'Entered by hand')], default='directory', max_length=10)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('address', models.CharField(max_length=200)),
                ('address_key', models.CharField(help_text='The address as a key (analysis.addresses.normalise).', max_length=200, unique=True)),
                ('zip_code', models.CharField(blank=True, max_length=10)),
                ('jurisdiction', models.CharField(choices=[('city', 'City'), ('county', 'Unincorporated county'), ('unknown', 'Not known')], default='unknown', max_length=10)),
                ('longitude', models.FloatField(blank=True, help_text='Degrees, WGS 84.', null=True)),
                ('latitude', models.FloatField(blank=True, help_text='Degrees, WGS 84.', null=True)),
                ('point_origin', models.CharField(choices=[('directory', 'School directory'), ('edited', 'Entered by hand')], default='directory', max_length=10)),
                ('notes', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'site',
                'verbose_name_plural': 'sites',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('address_key', ''), _negated=True), name='campus_has_an_address'), models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='campus_point_whole_and_on_earth'), models.CheckConstraint(condition=models.Q(('jurisdiction__in', ['city', 'county', 'unknown'])), name='campus_jurisdiction_known')],
            },
        ),
        migrations.CreateModel(
            name='SchoolOccupancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('campus', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occupancies', to='places.campus')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupancies', to='places.school')),
            ],
            options={
                'verbose_name_plural': 'school occupancies',
                'ordering': ['valid_from', 'pk'],
                'indexes': [models.Index(fields=['campus', 'valid_from', 'valid_to'], name='occupancy_campus')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='occupancy_dates_in_order')],
            },
        ),
        migrations.AddField(
            model_name='school',
            name='campuses',
            field=models.ManyToManyField(related_name='schools', through='places.SchoolOccupancy', to='places.campus'),
        ),
        migrations.CreateModel(
            name='BellTimes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(help_text='0 is Monday.')),
                ('begins', models.TimeField()),
                ('ends', models.TimeField(help_text='The first minute after school.')),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('campus', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bell_times', to='places.campus')),
            ],
            options={
                'verbose_name_plural': 'bell times',
                'ordering': ['campus', 'weekday', 'valid_from'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Coalesce(models.F('campus'), models.Value(0)), models.F('weekday'), django.db.models.functions.comparison.Coalesce(models.F('valid_from'), models.Value(datetime.date(1, 1, 1))), name='bell_times_once'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('begins'))), name='bell_times_in_order'), models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='bell_times_weekday'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='bell_times_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='NonSchoolDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('campus', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='non_school_days', to='places.campus')),
            ],
            options={
                'ordering': ['day', 'campus'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Coalesce(models.F('campus'), models.Value(0)), models.F('day'), name='non_school_day_once')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school_year', models.PositiveSmallIntegerField(help_text='2012 stands for 2012-13.')),
                ('students', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=200)),
                ('invented', models.BooleanField(default=False)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to='places.school')),
            ],
            options={
                'ordering': ['school', 'school_year'],
                'constraints': [models.UniqueConstraint(fields=('school', 'school_year'), name='enrolment_once_a_year'), models.CheckConstraint(condition=models.Q(('school_year__range', (1850, 2200))), name='enrolment_year_plausible')],
            },
        ),
    ]
