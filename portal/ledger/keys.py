"""The keys of rows as the log writes them, so that the two meet in a query."""

from django.db.models import CharField, Func
from django.db.models.functions import SHA256


class UuidText(Func):
    """A uuid column as the act log writes it: lower case with hyphens, on every database."""

    output_field = CharField()
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))

    def as_sqlite(self, compiler, connection, **context):
        pieces = [f"substr(%(expressions)s, {at}, {size})" for at, size in self.parts]
        return self.as_sql(compiler, connection, template=" || '-' || ".join(pieces), **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="(%(expressions)s)::text", **context)


class Digest(SHA256):
    """SHA-256 of a text in hex. PostgreSQL has it built in; Django's own asks for an extension."""

    def as_postgresql(self, compiler, connection, **context):
        template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **context)


def keys_of(rows):
    """The keys of a queryset, for `object_id__in` and `subject_id__in`."""
    return rows.order_by().values(key=UuidText("pk"))
