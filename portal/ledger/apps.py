from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "portal.ledger"
    label = "ledger"
    verbose_name = _("记录")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from portal.ledger import guards, stamping  # noqa: F401, PLC0415  models exist only now

        post_migrate.connect(guards.install, sender=self)
