from feedback import receipts
from feedback.pace import Pace, address_of


def test_a_code_is_read_as_people_copy_it():
    assert receipts.plain("abcde-o1l23 ＦＧＨ") == "ABCDE01123FGH"
    assert receipts.digest_of("abcde-o1l23") == receipts.digest_of("ABCDE 01123")


def test_a_code_has_twenty_characters_nobody_confuses():
    code = receipts.code_for("token", "text").replace("-", "")
    assert len(code) == 20
    assert set(code) <= set(receipts.ALPHABET)
    assert receipts.plain(code) == code


def test_parts_are_kept_apart():
    assert receipts.identity("ab", "c") != receipts.identity("a", "bc")
    assert receipts.code_for("ab", "c") != receipts.code_for("a", "bc")


def test_a_receipt_opens_its_letter_after_the_secret_was_changed(settings):
    settings.SECRET_KEY = "old"
    stored = receipts.digest_of("ABCDE")
    settings.SECRET_KEY = "new"
    assert not receipts.fits("ABCDE", stored)
    settings.SECRET_KEY_FALLBACKS = ["old"]
    assert receipts.fits("ABCDE", stored)
    assert not receipts.fits("ABCDF", stored)


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
    monkeypatch.setattr("feedback.pace.ADDRESSES", 3)
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
