import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, help_text='May open the technical administration pages.')),
                ('is_demonstration', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(null=True)),
                ('sessions_end_before', models.DateTimeField(blank=True, help_text='Sessions begun up to this moment have ended.', null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='account_email_given')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(choices=[('district', 'School district'), ('police', 'Police department'), ('city', 'City'), ('county', 'County'), ('private_school', 'Private school'), ('charter', 'Charter school'), ('community', 'Community organization')], max_length=20)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['district', 'police', 'city', 'county', 'private_school', 'charter', 'community'])), name='agency_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('record_classes', models.JSONField(default=list)),
                ('purposes', models.JSONField(default=list)),
                ('fields', models.JSONField(default=list)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements_given', to='access.agency')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements_held', to='access.agency')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('owner', models.F('recipient')), _negated=True), name='agreement_between_two'), models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='agreement_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'Safe-schools lead'), ('school_resource_officer', 'School resource officer'), ('alarm_operator', 'Alarm and dispatch operator'), ('campus_monitor', 'Campus monitor'), ('site_lead', 'Principal or site lead'), ('facilities', 'Facilities planner or technician'), ('grants_analyst', 'Grants and fiscal analyst'), ('program_coordinator', 'Program coordinator or family advocate'), ('provider', 'Community provider'), ('accountability', 'Accountability analyst'), ('trustee', 'Superintendent or trustee'), ('safe_routes', 'Safe Routes coordinator or city engineer'), ('regional_partner', 'Regional partner'), ('privacy_officer', 'Privacy and records officer'), ('secretary', 'Council or task-force secretary'), ('administrator', 'System administrator'), ('system', 'The system itself')], max_length=40)),
                ('all_sites', models.BooleanField(default=False, help_text='Holds at every site; otherwise only at the sites listed.')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('title', models.CharField(blank=True, max_length=120)),
                ('reviewed_at', models.DateTimeField(blank=True, help_text='When somebody last confirmed that it is still needed.', null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='access.agency')),
                ('campuses', models.ManyToManyField(blank=True, related_name='+', to='places.campus')),
            ],
            options={
                'ordering': ['agency__name', 'role'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['lead', 'school_resource_officer', 'alarm_operator', 'campus_monitor', 'site_lead', 'facilities', 'grants_analyst', 'program_coordinator', 'provider', 'accountability', 'trustee', 'safe_routes', 'regional_partner', 'privacy_officer', 'secretary', 'administrator', 'system'])), name='membership_role_known'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scopes', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='access.membership')),
            ],
            options={
                'ordering': ['-created_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='token_ends_after_start')],
            },
        ),
    ]
