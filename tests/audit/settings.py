"""The portal as it is served, with pages that fail on purpose beside its own."""

from portal.settings import *  # noqa: F403  everything but the map

ROOT_URLCONF = "tests.failing"
# In production the web server before the portal compresses what it answers.
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]  # noqa: F405

# Failing on purpose is no news.
LOGGING["loggers"]["django.request"] = {"level": "CRITICAL"}  # noqa: F405
