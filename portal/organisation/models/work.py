"""Background work: long jobs, passes of the sweep, and messages on their way out."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.moments import now


class JobQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=Job.State.WAITING).order_by("requested_at")


class Job(models.Model):
    """A long piece of work with progress, a way to stop it and a result."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        STOPPED = "stopped", _("已停止")
        FAILED = "failed", _("失败")

    class Kind(models.TextChoices):
        EXPORT_RECORD = "export_record", _("导出操作记录")
        IMPORT_DOCUMENTS = "import_documents", _("导入文件")
        IMPORT_TABLE = "import_table", _("读取数据表")
        INDEX_TEXTS = "index_texts", _("重建检索")
        CHECK_BODIES = "check_bodies", _("检查正文是否符合现行规则")

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("工作"), max_length=40, choices=Kind.choices)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    requested_by = models.ForeignKey(
        "organisation.User", models.PROTECT, null=True, verbose_name=_("提交人"), related_name="+"
    )
    requested_at = models.DateTimeField(_("提交时间"), default=now)
    terms = models.JSONField(default=dict)
    done_count = models.PositiveIntegerField(_("已处理"), default=0)
    total_count = models.PositiveIntegerField(_("总数"), default=0)
    stop_wanted = models.BooleanField(default=False)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    result = models.JSONField(default=dict)
    error = models.TextField(_("错误"), blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("后台工作")
        verbose_name_plural = pgettext_lazy("plural", "后台工作")
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["state", "requested_at"], name="job_queue")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_over(self):
        return self.state in (self.State.DONE, self.State.STOPPED, self.State.FAILED)


class SweepPass(models.Model):
    """When one part of the sweep last ran, how long it took and what it did."""

    name = models.CharField(_("工作"), max_length=60, unique=True)
    started_at = models.DateTimeField(_("上次开始"))
    ended_at = models.DateTimeField(_("上次结束"), null=True)
    handled_count = models.PositiveIntegerField(_("处理数"), default=0)
    error = models.TextField(_("错误"), blank=True)

    class Meta:
        verbose_name = _("定时工作")
        verbose_name_plural = pgettext_lazy("plural", "定时工作")
        ordering = ["name"]

    def __str__(self):
        return self.name


class MessageQuerySet(models.QuerySet):
    def due(self, at):
        return self.filter(state=Message.State.WAITING, due_at__lte=at).order_by("due_at")


class Message(models.Model):
    """A message to a person, written in the act that causes it and sent afterwards (the outbox)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("发送失败")

    id = models.UUIDField(_("编号"), primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        "organisation.User", models.PROTECT, verbose_name=_("收件人"), related_name="messages"
    )
    subject = models.CharField(_("主题"), max_length=200)
    body = models.TextField(_("内容"))
    link = models.CharField(_("链接"), max_length=300, blank=True)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField(_("产生时间"), default=now)
    due_at = models.DateTimeField(_("应发时间"), default=now)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)
    tries_count = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    error = models.TextField(_("错误"), blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = pgettext_lazy("plural", "消息")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="message_due"),
            models.Index(fields=["recipient", "-created_at"], name="message_inbox"),
        ]

    def __str__(self):
        return self.subject
