"""Nothing is called safe but a body that obeys the rule in force: ruff's S308 rests on this."""

import ast
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from disclosures.models import Edition
from portal.text.html import RULE, sanitise

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("portal", "disclosures", "feedback", "committees")
MAKERS = {"mark_safe", "SafeString", "SafeText", "safestring", "__html__", "html_safe"}
UNSAFE = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")


def sources(*folders, ending):
    return [path for folder in folders for path in (ROOT / folder).rglob(f"*{ending}")]


def named(tree):
    """Every name the module speaks, with the function around it."""
    for function in [tree, *(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))]:
        for node in ast.walk(function):
            word = getattr(node, "attr", None) or getattr(node, "id", None)
            if isinstance(node, ast.alias):
                word = node.name
            yield getattr(function, "name", ""), word


def test_python_calls_nothing_safe_but_a_body_that_is_fit():
    made = set()
    for path in sources(*ROOMS, ending=".py"):
        for function, word in named(ast.parse(path.read_text())):
            if word in MAKERS and function:
                made.add((str(path.relative_to(ROOT)), function, word))
    assert made == {("disclosures/templatetags/disclosures.py", "framed", "mark_safe")}


def test_format_html_is_given_its_text_as_written_here():
    calls = [
        (path.name, ast.unparse(node.args[0]))
        for path in sources(*ROOMS, ending=".py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "format_html"
        if not (isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str))
    ]
    assert calls == []


def test_no_page_switches_escaping_off():
    found = [path.name for path in sources("templates", ending=".html")]
    assert "base.html" in found
    opened = sources("templates", *ROOMS, ending=".html")
    assert [path.name for path in opened if UNSAFE.search(path.read_text())] == []


def test_only_mails_in_plain_text_do_without_escaping():
    mails = [
        path for path in sources("templates", ending=".txt") if UNSAFE.search(path.read_text())
    ]
    assert {path.name for path in mails} == {
        "password_reset_email.txt",
        "password_reset_subject.txt",
    }


@pytest.mark.parametrize(
    ("body", "rule", "shown"),
    [
        ("<p>收费<strong>标准</strong></p>", RULE, "<p>收费<strong>标准</strong></p>"),
        ("<p>收费</p><script>alert(1)</script>", RULE - 1, '<div class="plain">收费</div>'),
        ("<p onclick=x>1 &lt; 2</p>", RULE - 1, '<div class="plain">1 &lt; 2</div>'),
    ],
)
def test_a_body_is_html_only_where_it_obeys_the_rule(body, rule, shown):
    page = Template("{% load disclosures %}{% body edition %}")
    told = page.render(Context({"edition": Edition(body=body, rule=rule)}))
    assert isinstance(told, SafeString)
    assert told == shown


def test_what_is_saved_has_been_cleaned(stage):
    edition = stage.draft(body='<p onclick="x">甲</p><script>alert(1)</script>')
    stored = Edition.objects.get(pk=edition.pk)
    assert (stored.body, stored.rule) == (sanitise("<p>甲</p>"), RULE)
