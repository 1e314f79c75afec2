"""A file that cannot be taken in."""

from hereabouts.core.refusals import Refusal


class UnreadableFile(Refusal):
    """The file cannot be read as it is; the message says what to do with it."""
