from django.contrib import admin

from disclosures.models import Edition

admin.site.register(Edition)
