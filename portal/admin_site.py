"""The staff's workplace: Django's admin, opened on the desk."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class Workplace(AdminSite):
    site_header = site_title = _("阳光校务工作台")
    index_title = _("我的工作台")
