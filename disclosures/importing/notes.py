"""Sentences about what could not be taken over."""

from django.utils.translation import ngettext


def pictures(count: int) -> list[str]:
    """A body holds no pictures: say how many were left out, so that they are attached."""
    if not count:
        return []
    told = ngettext(
        "有%(count)d张图片没有导入，需要的话请作为附件上传。",
        "有%(count)d张图片没有导入，需要的话请作为附件上传。",
        count,
    )
    return [told % {"count": count}]
