"""The workplace of those who keep schools, people and posts."""

from django.contrib import admin
from django.contrib.auth.models import Group

from portal.organisation.admin import class_codes, people, posts, schools, stand_ins, work

__all__ = ["class_codes", "people", "posts", "schools", "stand_ins", "work"]

# Groups follow posts; nobody edits them (docs/permissions.md).
admin.site.unregister(Group)
