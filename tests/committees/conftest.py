"""The two groups of the first school, formed and still empty."""

import pytest

from committees.models import Committee, Question
from tests.committees.changing import act_of


def group_of(school, kind, name):
    group = Committee(school=school, kind=kind, name=name)
    group.save()
    return group


@pytest.fixture
def leading(cast):
    return group_of(cast.school, "leading", "第一小学校务公开领导小组")


@pytest.fixture
def watching(cast):
    return group_of(cast.school, "supervision", "第一小学校务公开监督小组")


@pytest.fixture
def withdrawal(cast, stage):
    """A notice of the first school, withdrawn by its office."""
    return act_of("withdraw", stage.withdrawn(title="食堂收费"))


@pytest.fixture
def question(cast, withdrawal):
    return Question.objects.ask(withdrawal, "为什么撤回？", by=cast.supervisor)
