from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0003_status_from_dates")]

    operations = [
        migrations.AlterField("goal", "key", models.SlugField(max_length=60, unique=True)),
        migrations.AlterField("objective", "key", models.SlugField(max_length=60, unique=True)),
    ]
