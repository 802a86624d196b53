from portal.organisation.pace import Pace, address_of


def test_an_address_has_its_measure_and_gets_it_back_with_time():
    pace = Pace(2, seconds=60)
    assert [pace.admits("a", thing, at=0) for thing in "123"] == [True, True, False]
    assert pace.admits("b", "1", at=0)
    assert pace.admits("a", "1", at=1)
    assert not pace.admits("a", "3", at=59)
    assert pace.admits("a", "3", at=61)


def test_the_counter_keeps_neither_address_nor_text():
    pace = Pace(2, seconds=60)
    pace.admits("192.0.2.7", "一封信", at=0)
    assert "192.0.2.7" not in repr(vars(pace))
    assert "一封信" not in repr(vars(pace))


def test_the_counter_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr("portal.organisation.pace.SENDERS", 3)
    pace = Pace(1, seconds=60)
    for number in range(10):
        pace.admits(str(number), "x", at=number)
    assert len(pace._seen) == 3


def test_only_our_own_proxy_is_believed(rf, settings):
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 192.0.2.7")
    settings.TRUST_PROXY = False
    assert address_of(request) == "10.0.0.1"
    settings.TRUST_PROXY = True
    assert address_of(request) == "192.0.2.7"


def test_a_household_network_is_one_address(rf):
    first = rf.get("/", REMOTE_ADDR="2001:db8:1:2:aaaa::1")
    second = rf.get("/", REMOTE_ADDR="2001:db8:1:2:bbbb::9")
    assert address_of(first) == address_of(second) == "2001:db8:1:2::/64"


def test_a_failure_counts_however_like_the_last_until_it_is_forgotten():
    pace = Pace(2, seconds=60)
    pace.failed("a")
    assert pace.minutes_to_wait("a") == 0
    pace.failed("a")
    assert pace.minutes_to_wait("a") == 1
    assert pace.minutes_to_wait("b") == 0
    pace.forget("a")
    assert pace.minutes_to_wait("a") == 0
