"""Static files in production: compressed, with the content's hash in the name."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_IMPORTS = ((r"""(?P<matched>from\s*"(?P<url>\.[^"]+)")""", 'from "%(url)s"'),)


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites imports in our own modules (one a line, double quotes); nobody else's."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        *((f"{folder}/*.js", OUR_IMPORTS) for folder in ("design", "activities")),
    )
