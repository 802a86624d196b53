"""The act log. It knows no owner: uuids, slugs and labels are kept as text."""

import uuid

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ledger.moments import now
from portal.ledger.vocabulary import ActName


class ActQuerySet(models.QuerySet):
    """Acts are written once; a supervisor reads them by index."""

    def update(self, **kwargs):
        raise TypeError("Acts are never changed.")

    def delete(self):
        raise TypeError("Acts are never deleted.")

    def about(self, subject_id):
        return self.filter(subject_id=str(subject_id))


class Act(models.Model):
    """One thing somebody did: who, in which office, to what, when and why."""

    uuid = models.UUIDField(_("编号"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("动作"), max_length=30, choices=ActName.choices)
    noun = models.CharField(_("对象类型"), max_length=60)
    object_id = models.CharField(_("对象编号"), max_length=40)
    subject_id = models.CharField(_("事项编号"), max_length=40)
    title = models.CharField(_("对象名称"), max_length=250, blank=True)
    school = models.CharField(_("学校"), max_length=60, blank=True)
    category = models.CharField(_("目录类别"), max_length=20, blank=True)
    entry = models.CharField(_("目录事项"), max_length=30, blank=True)
    actor_id = models.CharField(_("经办人编号"), max_length=40, blank=True)
    actor_name = models.CharField(_("经办人"), max_length=80, blank=True)
    actor_office = models.CharField(_("以何身份"), max_length=120, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    at = models.DateTimeField(_("时间"), default=now, editable=False)
    digest_before = models.CharField(_("之前摘要"), max_length=64, blank=True)
    digest_after = models.CharField(_("之后摘要"), max_length=64, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("操作记录")
        verbose_name_plural = pgettext_lazy("plural", "操作记录")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["school", "-at", "-id"], name="act_by_school"),
            models.Index(fields=["actor_id", "-at", "-id"], name="act_by_actor"),
            models.Index(fields=["subject_id", "at", "id"], name="act_by_subject"),
            models.Index(fields=["-at", "-id"], name="act_by_time"),
        ]

    def __str__(self):
        return f"{self.get_name_display()} {self.title}"

    @property
    def noun_label(self):
        return apps.get_model(self.noun)._meta.verbose_name

    def delete(self, *args, **kwargs):
        raise TypeError("Acts are never deleted.")
