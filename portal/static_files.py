"""Static files under names made from their content, script modules that import others included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Only hashed names are served, so an `import` must name the hashed one too."""

    support_js_module_import_aggregation = True
