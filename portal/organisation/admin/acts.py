"""Acts as pages of their own: a button named by its effect, a confirmation, a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from portal.ledger.acts import Refused
from portal.ledger.moments import today
from portal.organisation.desk import DeskAdmin, ReasonForm
from portal.organisation.fields import Day


@dataclass(frozen=True)
class ActPage:
    """One act on one row. `carry_out(row, by, **cleaned)` performs it and may return a page."""

    name: str
    button: str
    effect: str
    done: str
    carry_out: Callable
    is_open: Callable
    form: type[forms.Form] = forms.Form


class EndForm(ReasonForm):
    """The first day on which something no longer holds, and why."""

    on = Day(
        label=_("从哪天起"),
        initial=today,
        help_text=_("这一天起不再有效，可以是今天或以后的日期。"),
    )
    field_order = ["on", "reason"]


class ActsAdmin(DeskAdmin):
    """A desk whose rows have acts beside their form."""

    acts = ()
    add_button = ""

    def may_act(self, request, row):
        """Whether the person may perform the acts of this row at all."""
        return self._reaches(request, self.changed_by, row)

    def get_urls(self):
        pages = [
            path(
                f"<path:object_id>/{act.name}/",
                self.admin_site.admin_view(partial(self.act_view, act=act)),
                name=self._url_name(act.name),
            )
            for act in self.acts
        ]
        return pages + super().get_urls()

    def act_view(self, request, object_id, act):
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.may_act(request, row):
            raise PermissionDenied
        form = act.form(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                shown = act.carry_out(row, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                return self._answer(request, row, act, shown)
        return self._page(request, row, "organisation/desk_act.html", act=act, form=form)

    def add_view(self, request, form_url="", extra_context=None):
        context = {"add_button": self.add_button} | (extra_context or {})
        return super().add_view(request, form_url, context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, unquote(object_id))
        doors = []
        if row is not None and self.may_act(request, row):
            doors = [
                {"url": self._url(act.name, row), "button": act.button}
                for act in self.acts
                if act.is_open(row, request.user)
            ]
        context = {"acts": doors} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def _answer(self, request, row, act, shown):
        if shown:
            template, context = shown
            return self._page(request, row, template, act=act, **context)
        messages.success(request, act.done % {"name": row})
        return redirect(self._url("change", row))

    def _page(self, request, row, template, **context):
        shown = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "row": row,
            "back": self._url("change", row),
            "title": context["act"].button,
        }
        return TemplateResponse(request, template, shown | context)

    def _url(self, name, row):
        return reverse(f"admin:{self._url_name(name)}", args=[row.pk])

    def _url_name(self, name):
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"
