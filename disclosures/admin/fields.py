"""Form fields that refuse in a sentence and lose nothing of what was typed."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    ProhibitNullCharactersValidator,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField
from django_prose_editor.widgets import AdminProseEditorWidget

from disclosures.models.text import BODY_LIMIT
from portal.ledger.moments import start_of
from portal.organisation.fields import LAST_DAY
from portal.text.clean import clean_line, clean_text, refused_characters

TOO_LONG = gettext_lazy("现有%(show_value)d个字，最多%(limit_value)d个字，请删减后再保存。")
# What the editor offers is what `portal.text.html` keeps.
EDITOR = {
    "extensions": {
        "Bold": True,
        "Italic": True,
        "Underline": True,
        "Strike": True,
        "Subscript": True,
        "Superscript": True,
        "Heading": {"levels": [2, 3, 4]},
        "HardBreak": True,
        "HorizontalRule": True,
        "Blockquote": True,
        "BulletList": True,
        "OrderedList": {"enableListAttributes": False},
        "ListItem": True,
        "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
        "Table": True,
        "TableRow": True,
        "TableHeader": True,
        "TableCell": True,
    }
}


def without_controls(value):
    """Refuse control characters by name: they cannot be seen, so they must be named."""
    if found := refused_characters(value):
        raise ValidationError(
            _("含有看不见的控制字符（%(names)s）。请删去后重新输入这一处，再保存。")
            % {"names": ", ".join(found)}
        )


class Words(forms.CharField):
    """Text typed by a person: cleaned, and refused with the number of characters if too long.

    The browser is not told the limit, because it would cut a pasted text without a word.
    """

    def __init__(self, *, max_length=None, **options):
        super().__init__(strip=False, **options)
        self.validators = [
            v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)
        ]
        if max_length:
            self.validators.append(MaxLengthValidator(max_length, TOO_LONG))

    def to_python(self, value):
        value = value or ""
        without_controls(value)
        return self.tidy(value)

    def tidy(self, value):
        return clean_text(value)


class Line(Words):
    """Words on one line."""

    def tidy(self, value):
        return clean_line(value)


class Body(ProseEditorFormField):
    """The body: an editor where scripts run, a labelled text area where they do not."""

    def __init__(self, **options):
        super().__init__(
            config=EDITOR, preset="configurable", widget=AdminProseEditorWidget, **options
        )
        self.validators = []

    def to_python(self, value):
        value = value or ""
        without_controls(value)
        size = len(value.encode("utf-8", "surrogatepass"))
        if size > BODY_LIMIT:
            raise ValidationError(
                _(
                    "正文现有%(size)d字节，最多%(limit)d字节。您写的内容仍在下面，没有丢失；"
                    "请把长表格或资料改作附件上传，删减正文后再保存。"
                )
                % {"size": size, "limit": BODY_LIMIT}
            )
        return value


class Moment(forms.DateTimeField):
    """A moment in Asia/Shanghai, to the minute."""

    default_validators = [MaxValueValidator(start_of(LAST_DAY))]
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options):
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)
