"""The doorbell in production: beat and workers call the functions the embedded loop calls.

    celery -A portal.celery worker --beat

Celery holds no truth. What is due stands in rows; a lost task costs half a minute.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.set_default()


@app.task(name="portal.sweep")
def sweep():
    """One pass of the sweep; the models load only once Celery has set up Django."""
    from portal.sweep import sweep_once  # noqa: PLC0415

    sweep_once()
