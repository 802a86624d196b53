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
        "paragraph": pgettext("in the editor", "正文或标题"),
        "Paragraph": pgettext("in the editor", "正文"),
        "Heading 2": pgettext("in the editor", "一级标题"),
        "Heading 3": pgettext("in the editor", "二级标题"),
        "Heading 4": pgettext("in the editor", "三级标题"),
        "unordered list": _("项目符号列表"),
        "ordered list": _("编号列表"),
        "blockquote": _("引用"),
        "horizontal rule": _("分隔线"),
        "insert link": _("加链接"),
        "remove link": _("去掉链接"),
        "Insert table": _("插入表格"),
        "Add column": _("加一列"),
        "Delete column": _("删去这一列"),
        "Add row": _("加一行"),
        "Delete row": _("删去这一行"),
        "Merge cells": _("合并单元格"),
        "Split cell": _("拆分单元格"),
        "Toggle header cell": _("设为表头或取消"),
        "Delete table": _("删去表格"),
        "undo": _("撤销"),
        "redo": _("重做"),
    }
