"""The base class of every exception that tells a person what the rules do not allow."""


class Refusal(Exception):
    """Something a person asked for and the rules do not allow.

    Its message is a sentence for that person, saying what they can do instead.
    Subclasses live beside the action that raises them and are named as the fact:
    `NotComplete`, not `IncompleteError`.
    """
