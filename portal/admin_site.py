"""The staff's workplace: Django's admin, opened on the desk."""

from csp.constants import NONCE, SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from committees import desk as watching
from disclosures import desk
from portal.ledger.moments import now
from portal.organisation.models import Authority, Message, School
from portal.verifying import alarm_for

# Django's own widgets and the editor set styles; the exception ends with the workplace.
POLICY = {"script-src": [SELF, NONCE], "style-src": [SELF, UNSAFE_INLINE]}
INBOX = 5


class Workplace(AdminSite):
    """The admin without its tables: a desk, and behind it only what the person may open."""

    site_header = site_title = _("阳光校务工作台")
    index_title = _("我的工作台")
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        return csp_update(POLICY)(super().admin_view(view, cacheable))

    def get_urls(self):
        """Django's pages but one: its redirect by key asks nobody whether they may know the row."""
        reading = require_POST(self.admin_view(self.read_messages))
        pages = [page for page in super().get_urls() if getattr(page, "name", "") != "view_on_site"]
        return [path("messages/reading/", reading, name="messages_read"), *pages]

    def each_context(self, request):
        """The frame of every page. What else may be opened is only worked out where it is shown."""
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": None,
            "has_permission": self.has_permission(request),
            "available_apps": SimpleLazyObject(lambda: self.get_app_list(request)),
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "languages": list(_languages(request)),
        }

    def index(self, request, extra_context=None):
        user = request.user
        unread = Message.objects.filter(recipient=user, read_at=None)
        held = Authority.objects.held_by(user).values("school")
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "lists": [desk.shown(name, user) for name in (desk.SECTIONS if held.exists() else ())],
            "watched": watching.shown(user) if held.exists() else {},
            "may_draft": desk.may_draft(user),
            "alarm": alarm_for(user),
            "inbox": unread[:INBOX],
            "unread_count": unread.count(),
            "schools": School.objects.filter(pk__in=held),
            "rooms": self.get_app_list(request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/index.html", context)

    def read_messages(self, request):
        """Everything in the inbox has been seen."""
        Message.objects.filter(recipient=request.user, read_at=None).update(read_at=now())
        return redirect("admin:index")

    def password_change(self, request, extra_context=None):
        """One page for it in the whole portal."""
        return redirect("password_change")

    def login(self, request, extra_context=None):
        """One sign-in for the whole portal; whoever has no office here is told so."""
        wanted = request.GET.get("next") or request.get_full_path()
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if self.has_permission(request):
            return redirect("admin:index")
        return TemplateResponse(request, "admin/no_entry.html", {}, status=403)


def _languages(request):
    """The same page in each language, by the language's own name: code, name, address, current."""
    for code, _name in settings.LANGUAGES:
        name = get_language_info(code)["name_local"]
        yield code, name, translate_url(request.get_full_path(), code), code == get_language()
