"""Pages about the site itself: what it is, how it is read, what it keeps of people."""

from typing import NamedTuple

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control

from committees.models import Look, Membership, Question
from disclosures.models import (
    DraftComment,
    Edition,
    Posting,
    PreviewLink,
    Proposal,
    Reading,
    Review,
)
from feedback.models import Letter, Reply, Subscription
from portal.ledger.models import Act
from portal.organisation.models import (
    ActivationCode,
    Affiliation,
    ClassCode,
    Job,
    Message,
    Post,
    School,
    StandIn,
    User,
)
from portal.text.reader import listed
from portal.views import by_stage

shared = cache_control(public=True, max_age=300)


class Holding(NamedTuple):
    """What is kept of people, read off the models that keep it, and under which rule."""

    title: str
    fields: dict
    purpose: str
    readers: str
    retention: str

    def kept(self):
        """The names of the fields, each once, as the workplace names them."""
        labels = (
            model._meta.get_field(name).verbose_name
            for model, names in self.fields.items()
            for name in names.split()
        )
        return listed(dict.fromkeys(str(label) for label in labels))


HOLDINGS = [
    Holding(
        _("账号"),
        {User: "username name phone email language home", ActivationCode: "made_at used_at"},
        _("登录，辨认经办人，寄送办理提醒。密码和激活码只存不可还原的摘要。"),
        _("本人；所在单位的校务公开办公室；系统管理员。"),
        _("停用后不再能登录，但不删除：已办的事要找得到是谁办的。"),
    ),
    Holding(
        _("任职和身份"),
        {
            Post: "user office department starts_on ends_on",
            StandIn: "user starts_on ends_on",
            Affiliation: "user kind school_class starts_on ends_on",
            Membership: "role represents",
        },
        _("决定一个人能办什么、能看什么。"),
        _("所在单位的校务公开办公室；小组成员和部门负责人的姓名、职务对社会公开。"),
        _("结束后保留起止日期，不删除。"),
    ),
    Holding(
        _("来信"),
        {Letter: "name contact subject body received_at", Reply: "body replied_by replied_at"},
        _("答复写信人。"),
        _("写信人；信箱由谁处理，就由谁拆阅。其他人都看不到，系统管理员在网站上也看不到。"),
        _("不自动删除，由学校按档案规定处理。"),
    ),
    Holding(
        _("经办记录"),
        {
            Act: "name at actor_name actor_office reason",
            Edition: "drafted_by edited_by submitted_by sealed_by",
            Review: "reviewer assignee opinion",
            Proposal: "proposed_by reason",
            DraftComment: "author body",
            PreviewLink: "made_by",
            Posting: "posted_by recorded_by struck_by photo",
            Look: "seen_by note",
            Question: "asked_by text answered_by answer",
            ClassCode: "made_by",
            Job: "requested_by",
        },
        _("让监督人员看得到每件公开由谁起草、谁审核、何时公开、改了什么。"),
        _("经手人看经手的；本校监督小组看全校的。"),
        _("不删除。"),
    ),
    Holding(
        _("查阅记录"),
        {Reading: "reader class_code at"},
        _(
            "记下谁看过不对社会公开的内容；凭班级查看码看的，只记是哪个班的码，不知道是谁。"
            "看对外公开的内容不作记录。"
        ),
        _("本校校务公开办公室、校长和监督小组。"),
        _("不自动删除，供每年检查。"),
    ),
    Holding(
        _("消息和订阅"),
        {Message: "recipient subject sent_at", Subscription: "email label rhythm digested_at"},
        _("把办理提醒和您订阅的新公开寄给您。"),
        _(
            "收件人；系统管理员看得到消息是否寄出；"
            "所在单位的校务公开办公室看得到订阅了什么，邮箱只显示第一个字符和域名。"
        ),
        _("订阅随时可以退订，退订的和没有确认的三天后删除；消息不自动删除。"),
    ),
]


@shared
def about(request):
    """What the site is, what it proves and what it does not yet."""
    return render(request, "portal/about.html", {"school": bureau()})


@shared
def accessibility(request):
    """What was done so that everybody can read the site, what is known to be lacking."""
    return render(request, "portal/accessibility.html", {"school": bureau()})


@shared
def privacy(request):
    """The rules every unit of the site keeps, with the way to each unit's own page."""
    context = {"school": bureau(), "holdings": HOLDINGS, "schools": School.objects.open()}
    return render(request, "portal/privacy.html", context)


@shared
def school_privacy(request, slug):
    """The rules of one unit: who handles what is kept, and whom to ask."""
    school = get_object_or_404(School, slug=slug)
    return render(request, "portal/privacy.html", {"school": school, "holdings": HOLDINGS})


@shared
def site_map(request):
    """Every page a reader can begin from, by stage and school."""
    directory = by_stage([{"school": school} for school in School.objects.open()])
    return render(request, "portal/site_map.html", {"school": bureau(), "directory": directory})


def bureau():
    """The body that runs the site, if one is entered."""
    return School.objects.open().bureaus().first()
