from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PortalConfig(AppConfig):
    """The roof: commands, tags and pages over several rooms. It has no models."""

    name = "portal"


class PortalAdminConfig(admin_apps.AdminConfig):
    """The admin is the staff's workplace: its site knows desks, not database tables."""

    default = False
    default_site = "portal.admin_site.Workplace"
