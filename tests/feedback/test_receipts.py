from feedback import receipts


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
