from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisation', '0002_stand_ins_of_no_day'),
    ]

    operations = [
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('export_record', '导出操作记录'), ('import_documents', '导入文件'), ('import_table', '读取数据表'), ('index_texts', '重建检索'), ('check_bodies', '检查正文是否符合现行规则')], max_length=40, verbose_name='工作'),
        ),
    ]
