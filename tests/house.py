"""The house around the tests: compiled translations, a browser, signed-in clients.

`tests/conftest.py` takes its hooks and fixtures from here.
"""

import os

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as examples
from playwright.sync_api import sync_playwright
from zeal import zeal_context, zeal_ignore
from zeal.constants import initialize_app_registry
from zeal.patch import patch

from portal.ledger.guards import guards
from portal.management.catalogues import compile_catalogues
from tests.browser import CHROMIUM, MISSING, launch

WALKS = (
    *("test_matrix.py", "test_accessibility.py", "test_attacks.py", "test_bad_input.py"),
    *("test_bad_forms.py", "test_tampering.py", "test_in_the_browser.py", "test_demo_whole.py"),
    *("test_journey.py", "test_kept_out.py"),
)

# Django asks for each content type once in the life of a process.
ONCE_A_PROCESS = [{"model": "contenttypes.ContentType", "field": "get()"}]

# A busy machine is no counterexample. Where the answer decides a landing the examples are the
# same each time; elsewhere every run looks at new ones.
examples.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
examples.load_profile("house")

# Playwright's loop runs in the thread of the tests; Django would refuse its queries there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config):
    """Requests of the test client are watched for one query per row."""
    initialize_app_registry()
    patch()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """What touches the database is run again on PostgreSQL, except the long walks over pages.

    The long proofs are left out unless asked for, the browser only if there is none.
    """
    for item in items:
        on_database = {"db", "transactional_db"} & set(item.fixturenames)
        touches = on_database or item.get_closest_marker("django_db")
        if touches and item.path.name not in WALKS:
            item.add_marker(pytest.mark.services)
    proofs = [item for item in items if item.get_closest_marker("prove")]
    if proofs and "prove" not in config.getoption("-m"):
        items[:] = [item for item in items if item not in proofs]
        config.hook.pytest_deselected(items=proofs)
    for item in items:
        if item.get_closest_marker("browser") and not CHROMIUM.exists():
            item.add_marker(pytest.mark.usefixtures("without_browser"))


@pytest.fixture(scope="session", autouse=True)
def guards_lifted_for_flushing(request):
    """After a test that commits, its rows go: the triggers are dropped first and come back."""
    flush = TransactionTestCase._fixture_teardown

    def lift_and_flush(case):
        with connection.cursor() as cursor:
            for guard in guards():
                on = {"sqlite": guard.name, "postgresql": f"guard_{guard.event} ON {guard.table}"}
                cursor.execute(f"DROP TRIGGER IF EXISTS {on[connection.vendor]}")
        flush(case)

    TransactionTestCase._fixture_teardown = lift_and_flush
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture
def without_browser():
    """Loud: skipped with the line that installs it, or failed where everything is required."""
    (pytest.fail if os.environ.get("REQUIRE_SERVICES") == "1" else pytest.skip)(MISSING)


@pytest.fixture(scope="session", autouse=True)
def translations():
    compile_catalogues()


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium, started once."""
    if not CHROMIUM.exists():
        pytest.fail(MISSING)
    with sync_playwright() as playwright:
        launched = launch(playwright)
        yield launched
        launched.close()


@pytest.fixture
def page(browser, live_server):
    """A page of a fresh visitor; addresses are those of the live server."""
    visitor = browser.new_context(base_url=live_server.url, locale="zh-CN")
    yield visitor.new_page()
    visitor.close()


class WatchedClient(Client):
    """Showing a page may not cost one query per row: such a GET raises NPlusOneError."""

    def request(self, **request):
        if request.get("REQUEST_METHOD") != "GET":
            return super().request(**request)
        with zeal_context(), zeal_ignore(ONCE_A_PROCESS):
            return super().request(**request)


@pytest.fixture
def client():
    return WatchedClient()


@pytest.fixture
def signed_in():
    """`signed_in(user)`: a client in which the person has signed in."""

    def sign_in(user):
        client = WatchedClient()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
