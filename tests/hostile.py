"""What people, scanners and attackers put where a word, a number or a key is expected."""

from urllib.parse import quote

OPERATORS = ["-", '"', '""""', "OR", "AND NOT", "*", "^", "NEAR(收 费, 2)", "words : 收费", "("]
SYNTAX = [
    "'; DROP TABLE disclosures_release; --",
    "收费' & '公示':* | !('x' <-> 'y')",
    "facets : apublic OR words : 收*",
    "{{ 7|add:7 }}{% debug %}",
    "%(word)s %s {0} ${x}",
    "../../etc/passwd",
    "收费\r\nSet-Cookie: a=b",
    "//evil.example/%2e%2e",
]
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
CHARACTERS = [
    "收" * 10_000,
    "字 " * 3_000,
    "😀🎉👨\u200d👩\u200d👧",
    "𠮷野家 \U00030edd",
    "\x00收费\x00",
    "\u202e收费\u2066",
    "\u200b\ufeff\u200d",
    "שלום",
    "\uffff\ufdd0\ue000",
    MARKUP,
]
NUMBERS = ["-1", "0", "1e9", "20262026", "٢٠٢٦", "２０２６", "9" * 400, "NaN", "[]", "null"]
TYPED = [*OPERATORS, *SYNTAX, *CHARACTERS, *NUMBERS]

# As they stand in an address: bytes that are no UTF-8, halves of pairs, broken escapes.
BYTES = [
    "%ff%fe",
    "%ED%A0%80",
    "%C0%AF",
    "%",
    "%zz",
    "%u6536",
    "%00",
    "%E6%94",
    "+%2B&&;=",
    "%0d%0a",
]
IN_ADDRESSES = [*(quote(text, safe="") for text in TYPED), *BYTES]
# One of each kind, where every page is asked for.
FEW = [quote(text, safe="") for text in ("\x00", MARKUP, "9" * 400, "../..", "\u202e")] + ["%ff"]
