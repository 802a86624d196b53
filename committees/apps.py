from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = _("小组")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from disclosures import scrubbing  # noqa: PLC0415  models exist only now

        scrubbing.include(self.get_model("Look"), self.get_model("Question"))
