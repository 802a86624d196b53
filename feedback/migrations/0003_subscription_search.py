import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


def name_schools(apps, schema_editor):
    """The school of what was followed so far stood in its terms only."""
    School = apps.get_model("organisation", "School")
    Subscription = apps.get_model("feedback", "Subscription")
    schools = dict(School.objects.values_list("slug", "pk"))
    for row in Subscription.objects.iterator():
        row.school_id = schools.get(row.terms.get("school"))
        row.save(update_fields=["school"])


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0002_initial"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="digested_at",
            field=models.DateTimeField(null=True, verbose_name="最近一次寄出"),
        ),
        migrations.AddField(
            model_name="subscription",
            name="school",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.school",
                verbose_name="学校",
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="words",
            field=models.CharField(blank=True, max_length=200, verbose_name="搜索词"),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="label",
            field=models.CharField(max_length=500, verbose_name="订阅内容"),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("words"), 200
                ),
                name="subscription_words_are_a_search",
                violation_error_message="搜索词太长。",
            ),
        ),
        migrations.RunPython(name_schools, migrations.RunPython.noop),
    ]
