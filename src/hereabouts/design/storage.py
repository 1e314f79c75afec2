"""Static files in production: compressed, with the content's hash in the name."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_IMPORTS = ((r"""(?P<matched>from\s*"(?P<url>\.[^"]+)")""", 'from "%(url)s"'),)


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites the imports in our own JavaScript modules (one a line, double quotes)."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{folder}/*.js", OUR_IMPORTS) for folder in ("design", "activities")),
    )
