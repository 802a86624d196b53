"""Pages over several rooms."""

from django.db import connection
from django.http import HttpResponse, JsonResponse


def healthz(request):
    """Alive, and the database answers."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})


def home(request):
    return HttpResponse("")
