"""The forms by which an office says what columns its registers have: rows of plain fields."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from disclosures.catalogue.words import Kind
from disclosures.kinds import registers
from disclosures.models import CatalogueEntry
from portal.organisation.fields import Line
from portal.organisation.models.school import slug_rule

SPARE = 4


class RegisterForm(forms.Form):
    """What a register is called and for which entries of the catalogue it is kept."""

    name = Line(label=_("登记表名称"), max_length=60, help_text=_("如“每周食谱及价格”。"))
    slug = Line(
        label=_("网址名"),
        max_length=40,
        required=False,
        validators=[slug_rule],
        help_text=_("可不填，由系统编号。保存后不再改变。"),
    )
    period = forms.ChoiceField(
        label=_("所属期间"),
        choices=registers.PERIODS,
        required=False,
        help_text=_("每张表是哪一段时间的，如食谱按月份。"),
    )
    entries = forms.MultipleChoiceField(
        label=_("适用的目录事项"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("起草这些事项时先列出这张表；一项不选，起草任何事项时都列出。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, register, **kwargs):
        told = {name: getattr(register, name) for name in self.base_fields}
        super().__init__(*args, initial=told, **kwargs)
        listed = CatalogueEntry.objects.listed_for(register.school).in_order()
        self.fields["entries"].choices = [
            (entry.code, f"{entry.code} {entry.display_title}")
            for entry in listed
            if entry.kind == Kind.REGISTER or entry.code in register.entries
        ]
        if not register._state.adding:
            del self.fields["slug"]

    def content(self):
        """What was typed, by field of the register."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ColumnForm(forms.Form):
    """One column. `name` is its key for programs, kept from version to version."""

    name = forms.CharField(required=False, max_length=31, widget=forms.HiddenInput)
    label = Line(
        label=_("列名"),
        max_length=registers.LONGEST_LABEL,
        error_messages={"required": _("请填写列名；不要这一列，就勾选“删去”。")},
    )
    type = forms.ChoiceField(label=_("内容"), choices=registers.TYPES, initial="text")
    choices = Line(label=_("固定选项"), max_length=300, required=False)
    is_required = forms.BooleanField(label=_("必填"), required=False)
    is_key = forms.BooleanField(label=_("行标识"), required=False)

    def clean_choices(self):
        return [
            word.strip()
            for word in re.split("[、，,;；]", self.cleaned_data["choices"])
            if word.strip()
        ]

    def defined(self):
        """The column as the register keeps it."""
        names = ("name", "label", "type", "is_required", "is_key", "choices")
        told = {name: self.cleaned_data[name] for name in names}
        return told if told["type"] == "choice" else told | {"choices": []}


class ColumnRows(forms.BaseFormSet):
    """The columns in their order; each row says what is wrong in it."""

    def __init__(self, *args, register, **kwargs):
        self.register = register
        told = [each | {"choices": "、".join(each["choices"])} for each in register.columns]
        super().__init__(*args, initial=told, prefix="columns", **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label, form.fields["DELETE"].label = _("顺序"), _("删去")

    def clean(self):
        if any(self.errors) or self._non_form_errors:
            return
        rows = self.ordered_forms
        self.register.columns = [row.defined() for row in rows]
        for at, told in self.register.column_problems():
            if at is None:
                self._non_form_errors.append(told)
            else:
                rows[at].add_error(None, told)


COLUMNS = forms.formset_factory(
    ColumnForm,
    formset=ColumnRows,
    extra=SPARE,
    can_order=True,
    can_delete=True,
    absolute_max=registers.MOST_COLUMNS + 20,
    max_num=registers.MOST_COLUMNS,
)
