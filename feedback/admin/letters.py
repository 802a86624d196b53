"""The keeper's desk: letters that wait, and the boxes a school's office sets up."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from feedback.forms import ReplyForm
from feedback.models import Letter, Mailbox
from portal.ledger.acts import Refused
from portal.organisation.desk import DeskAdmin
from portal.organisation.models import Office
from portal.organisation.models.post import OF_DEPARTMENTS


class MailboxForm(forms.ModelForm):
    """A box promises an answer within days that a writer can wait for."""

    reply_days = forms.IntegerField(
        label=_("答复天数"),
        min_value=1,
        max_value=365,
        help_text=_("按自然日从收到的第二天算起，会写在信箱页面和回执上。"),
    )

    class Meta:
        model = Mailbox
        fields = ["slug", "guidance", "reply_days", "is_open"]
        help_texts = {
            "slug": _("信箱网址的最后一段，用字母、数字和连字符。收到第一封信后不能再改。"),
            "guidance": _("显示在信箱页面“写信之前”一栏，如受理范围、接待时间，可不填。"),
            "is_open": _("取消后，网页上不能再写新的信；已收到的来信照常答复和查询。"),
        }


@admin.register(Mailbox)
class MailboxAdmin(DeskAdmin):
    form = MailboxForm
    list_display = ("name", "school", "office", "reply_days", "is_open")
    list_select_related = ("school",)
    fields = (
        ("school", "slug"),
        ("name", "name_en"),
        "office",
        "guidance",
        "reply_days",
        "is_open",
    )

    def get_readonly_fields(self, request, obj=None):
        fixed = obj is not None and obj.has_letters()
        return Mailbox.FIXED_BY_LETTERS if fixed else ()

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "office":
            kwargs["choices"] = [c for c in Office.choices if c[0] not in OF_DEPARTMENTS]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Letter)
class LetterAdmin(DeskAdmin):
    """Only the keepers of a box come here: not the school's office, not the administrator."""

    list_display = ("number", "subject", "mailbox", "state", "received_at", "waiting", "due")
    list_filter = ("state", ("mailbox", admin.RelatedOnlyFieldListFilter))
    search_fields = ("number", "subject", "name")
    search_help_text = _("按受理编号、主题或写信人查找")
    ordering = ("-state", "received_at")

    def get_queryset(self, request):
        kept = Letter.objects.kept_by(request.user)
        return kept.with_mailbox().prefetch_related("replies").order_by(*self.ordering)

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return Mailbox.objects.kept_by(request.user).exists()
        return Letter.objects.kept_by(request.user).filter(pk=obj.pk).exists()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("已等待"))
    def waiting(self, letter):
        days = letter.waiting_days()
        return ngettext("%(days)s天", "%(days)s天", days) % {"days": days}

    @admin.display(description=_("期限"))
    def due(self, letter):
        return due_sign(letter)

    def get_urls(self):
        reply = self.admin_site.admin_view(self.reply_view)
        return [
            path("<uuid:pk>/reply/", reply, name="feedback_letter_reply"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The letter as it was written, its replies, and the form for the next one."""
        return self._page(request, self._kept(request, object_id), ReplyForm())

    def history_view(self, request, object_id, extra_context=None):
        """A letter has no history; its acts are in the act log under the number."""
        raise Http404

    def reply_view(self, request, pk):
        """POST: send the reply. What was typed is kept when it is refused."""
        letter, form = self._kept(request, pk), ReplyForm(request.POST or None)
        if form.is_valid():
            try:
                letter.answer(by=request.user, body=form.cleaned_data["body"])
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, _("答复已发出，写信人现在可以看到。"))
                return redirect("admin:feedback_letter_change", letter.pk)
        return self._page(request, letter, form)

    def _kept(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        letter = self.get_object(request, str(pk))
        if letter is None:
            raise Http404
        return letter

    def _page(self, request, letter, form):
        page = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": letter.subject,
            "letter": letter,
            "due": due_sign(letter),
            "form": form,
        }
        return TemplateResponse(request, "feedback/letter_desk.html", page)


def due_sign(letter):
    """Where the letter stands against the time its box promises, in words."""
    left = letter.days_left()
    if letter.is_answered:
        return letter.get_state_display()
    if left < 0:
        return ngettext("已超期%(days)s天", "已超期%(days)s天", -left) % {"days": -left}
    if left == 0:
        return _("今天到期")
    return ngettext("还有%(days)s天", "还有%(days)s天", left) % {"days": left}
