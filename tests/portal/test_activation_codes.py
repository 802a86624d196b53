"""A code opens an account once, however the account stands afterwards."""

from datetime import timedelta

import pytest

from portal.ledger.moments import as_of, now
from portal.organisation.models import ActivationCode
from tests.cast import person


@pytest.fixture
def newcomer(cast):
    user = person("new", "新人", home=cast.school)
    user.set_unusable_password()
    user.save()
    return user, ActivationCode.objects.put(user, by=cast.office)


def test_a_code_that_was_used_opens_nothing_even_if_the_password_is_gone(newcomer):
    user, code = newcomer
    found = ActivationCode.objects.open_with("new", code)
    found.activate("sunshine-at-home")
    user.refresh_from_db()
    user.set_unusable_password()
    user.save()
    assert ActivationCode.objects.open_with("new", code) is None


def test_a_code_opens_nothing_beside_a_password_somebody_else_has_set(newcomer):
    user, code = newcomer
    user.set_password("sunshine-at-home")
    user.save()
    assert ActivationCode.objects.open_with("new", code) is None


def test_a_code_ends_after_thirty_days(newcomer):
    _user, code = newcomer
    assert ActivationCode.objects.open_with("new", code) is not None
    with as_of(now() + timedelta(days=30)):
        assert ActivationCode.objects.open_with("new", code) is None
