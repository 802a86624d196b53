from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DisclosuresConfig(AppConfig):
    name = "disclosures"
    verbose_name = _("信息公开")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from disclosures.search.index import prepare  # noqa: PLC0415  models exist only now

        post_migrate.connect(prepare, sender=self)
