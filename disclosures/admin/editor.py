"""The words of the editor in the clerk's language, and its files with the page's nonce."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from js_asset import Media


def media_with_nonce(media, request):
    """The import map is an inline script: without the page's nonce the browser drops it."""
    return Media.from_media(media, nonce=str(request.csp_nonce))


def words():
    """What the editor shows, by the words in its own source."""
    return {
        "Cancel": _("取消"),
        "Update": _("确定"),
        "Insert": _("插入"),
        "Edit Link": _("链接"),
        "URL": _("网址"),
        "Title": _("说明文字"),
        "Insert Table": _("插入表格"),
        "Table Properties": _("表格"),
        "Rows": _("行数"),
        "Columns": _("列数"),
        "Include header row": _("第一行是表头"),
        "Toggle fullscreen": _("全屏"),
        "bold": _("加粗"),
        "italic": _("倾斜"),
        "underline": _("下划线"),
        "strike": _("删除线"),
        "subscript": _("下标"),
        "superscript": _("上标"),
        "paragraph": pgettext("in the editor", "正文"),
        "heading": pgettext("in the editor", "标题"),
        "undo": _("撤销"),
        "redo": _("重做"),
    }
