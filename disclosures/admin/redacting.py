"""Choosing what of a published notice is to be lawfully removed, be it one row of thousands."""

from django import forms
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from disclosures import erasing
from disclosures.admin.decisions import ActForm
from disclosures.admin.fields import Words
from disclosures.models import Edition
from disclosures.sheets.removal import rows_named
from portal.text.chinese import fold

MOST_SHOWN = 100


class RedactionForm(ActForm):
    """Which parts of what was published are to go: every block, row and file by itself.

    `find` narrows the list to what contains the words; of a long list only the beginning is
    shown. Rows of a table can be named by their numbers too.
    """

    names = forms.MultipleChoiceField(
        label=_("要隐去的部分"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选要隐去的行、段落或附件。没有勾选的都照旧，也仍然可以验证。"),
    )
    rows = Words(
        label=_("数据表的行号"),
        required=False,
        max_length=200,
        help_text=_("可以不勾选，直接填行号，如“3，7-9”。"),
    )
    basis = forms.ChoiceField(
        label=_("依据"), choices=Edition.Basis.choices, widget=forms.RadioSelect
    )
    reason = Words(
        label=_("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("理由会长期保存。请不要写出要隐去的个人信息。"),
    )

    def __init__(self, *args, edition, find="", **kwargs):
        super().__init__(*args, **kwargs)
        self.edition, self.find = edition, find.strip()
        self.offered = {piece.name: piece for piece in erasing.erasable(edition)}
        if not edition.sheet_id:
            del self.fields["rows"]
        names = self.fields["names"]
        names.choices = [(name, name) for name in self.offered]
        names.widget.choices = [
            (piece.name, described(edition, piece)) for piece in self._found()[:MOST_SHOWN]
        ]
        self.shown_count = len(names.widget.choices)

    @property
    def is_long(self):
        """Whether the list is too long to be read through, so that one searches it."""
        return len(self.offered) > MOST_SHOWN

    def clean_rows(self):
        """The names of the rows typed; a number that cannot be removed is told."""
        if not (typed := self.cleaned_data["rows"]):
            return []
        try:
            ranges = rows_named(typed)
        except ValueError:
            raise forms.ValidationError(_("行号看不懂。请写成“3，7-9”这样。")) from None
        numbers = {int(name[4:]) for name in self.offered if name.startswith("row/")}
        for each in ranges:
            if numbers.isdisjoint(each):
                raise forms.ValidationError(
                    _("没有第%(number)d行，或者它已经隐去。") % {"number": each.start}
                )
        return [f"row/{n:05d}" for n in sorted(numbers) if any(n in each for each in ranges)]

    def clean(self):
        cleaned = super().clean()
        cleaned["names"] = [*{*cleaned.get("names", ()), *cleaned.pop("rows", ())}]
        if not cleaned["names"] and not self.errors:
            self.add_error("names", _("请至少勾选一处要隐去的内容。"))
        return cleaned

    def _found(self):
        """What was ticked before, then what fits; rows after the rest, which is never long."""
        ticked = self.data.getlist("names") if self.is_bound else ()
        wanted = fold(self.find)
        fitting = [
            piece
            for piece in self.offered.values()
            if piece.name in ticked or not wanted or wanted in fold(piece.told(self.edition)[1])
        ]
        return sorted(fitting, key=lambda p: (p.name not in ticked, p.name.startswith("row/")))


def described(edition, piece):
    """A piece as the clerk recognises it: its kind, and how its text begins."""
    kind, text = piece.told(edition)
    return format_html("<b>{}</b> {}", kind, Truncator(text).chars(120))
