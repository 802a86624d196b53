"""Everything a reader sees can be translated, and is: into traditional Chinese and English."""

import ast
import re

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from portal.management import catalogues
from portal.management.catalogues import LOCALES, bring_up_to_date, compile_catalogues, problems
from portal.management.extraction import KEYWORDS, extract, python_files, template_files

CHINESE = re.compile("[\u3400-\u9fff]")
TRANSLATED = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{#.*?#}"
    r"|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}"
    r"|{%\s*trans(?:late)?\s+(?:\"[^\"]*\"|'[^']*').*?%}"
    r"|_\((?:\"[^\"]*\"|'[^']*')\)",
    re.DOTALL,
)
# Chinese that is matter to be read or recognised, not a sentence to a reader.
MATTER = (
    "portal/demo/",  # the demo's people and schools
    "portal/text/",  # what a text is searched for
    "disclosures/catalogue/",  # the headings and words of the catalogue files
    "disclosures/kinds/",  # other headings and examples; labels: tests/disclosures/kinds
    "disclosures/sheets/",  # what the cells of an office's tables say
    "portal/admin_site.py",  # the name of each language in itself
    "portal/ledger/verify.py",  # a stranger's program: stands alone, speaks two languages itself
    "portal/ledger/witness.py",  # likewise
)


@pytest.fixture(scope="module")
def found():
    return extract()


@pytest.fixture
def folder(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    return tmp_path


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_translated_with_its_placeholders_and_none_is_left_over(locale, found):
    assert problems(locale, found) == []


def test_messages_are_found_in_python_and_in_templates(found):
    places = {place for message in found for place, _line in message.locations}
    assert "disclosures/models/life.py" in places
    assert any(place.startswith("templates/") for place in places)
    assert found.get("停用", context="act").id == "停用"


def test_python_holds_chinese_only_inside_translation_calls():
    loose = []
    for path in python_files():
        place = str(path.relative_to(settings.BASE_DIR))
        if not place.startswith(MATTER):
            loose += [f"{place}:{line}" for line in loose_chinese(ast.parse(path.read_text()))]
    assert not loose, "\n".join(loose)


def loose_chinese(tree):
    """Lines of string constants with Chinese that are neither docstring nor translated."""
    fine = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KEYWORDS:
            fine |= {id(part) for part in ast.walk(node)}
    words = (node for node in ast.walk(tree) if isinstance(node, ast.Constant))
    for node in words:
        if isinstance(node.value, str) and id(node) not in fine and CHINESE.search(node.value):
            yield node.lineno


def test_templates_hold_chinese_only_inside_translation_tags():
    loose = []
    for path in template_files():
        for number, line in enumerate(blanked(path.read_text()).splitlines(), start=1):
            if CHINESE.search(line):
                loose.append(f"{path.relative_to(settings.BASE_DIR)}:{number}: {line.strip()}")
    assert not loose, "\n".join(loose)


def blanked(text):
    """The template with everything translated taken out, line by line."""
    return TRANSLATED.sub(lambda match: "\n" * match[0].count("\n"), text)


def test_loose_chinese_is_seen_where_it_stands():
    tree = ast.parse('"""说明"""\nx = _("好")\ny = "不好"\nz = f"共{x}条"\n')
    assert list(loose_chinese(tree)) == [3, 4, 4]
    assert blanked('{% translate "好" %}\n{# 注 #}不好').strip() == "不好"


def test_a_new_message_is_added_a_dropped_one_removed_and_work_is_kept(folder):
    first, later = Catalog(), Catalog()
    for word in ("软件", "打印"):
        first.add(word)
    assert bring_up_to_date("en", first) == 2
    written = catalogues.catalogue_path("en")
    written.write_text(
        written.read_text().replace('msgid "打印"\nmsgstr ""', 'msgid "打印"\nmsgstr "Print"')
    )
    for word in ("打印", "共%(count)d条"):
        later.add(word)
    assert bring_up_to_date("en", later) == 1
    assert catalogues.read("en").get("打印").string == "Print"
    assert catalogues.read("en").get("软件") is None
    assert problems("en", later) == ["en: not translated: '共%(count)d条'"]


def test_traditional_characters_are_proposed_by_conversion(folder):
    found = Catalog()
    found.add("软件已打印%(count)d份")
    assert bring_up_to_date("zh_Hant", found) == 0
    assert catalogues.read("zh_Hant").get("软件已打印%(count)d份").string == "軟體已列印%(count)d份"
    assert problems("zh_Hant", found) == []


def test_a_translation_that_loses_a_placeholder_is_reported(folder):
    found = Catalog()
    found.add("共%(count)d条")
    bring_up_to_date("en", found)
    path = catalogues.catalogue_path("en")
    path.write_text(
        path.read_text()
        .replace('msgstr ""\n', 'msgstr "%(number)d in all"\n')
        .replace('msgid ""\nmsgstr "%(number)d in all"', 'msgid ""\nmsgstr ""')
    )
    assert problems("en", found) == [
        "en: other placeholders than '共%(count)d条': '%(number)d in all'"
    ]


def test_catalogues_are_compiled_when_newer_and_then_speak(folder):
    found = Catalog()
    found.add("打印这份文件")
    bring_up_to_date("zh_Hant", found)
    assert compile_catalogues() == 1
    assert compile_catalogues() == 0
    with translation.override("zh-hant"):
        translation.trans_real._translations.pop("zh-hant", None)
        translation.activate("zh-hant")
        assert gettext("打印这份文件") == "列印這份檔案"
    translation.trans_real._translations.pop("zh-hant", None)
