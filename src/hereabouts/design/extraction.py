"""The messages of Django's own templates, for `pybabel extract`, which knows Python and Jinja."""

from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import IO, Any

from babel.messages.extract import extract_python
from django.utils.translation.template import templatize


def from_django_template(
    template: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Any,
) -> Iterator[tuple[object, ...]]:
    """Its messages as Babel wants them: line, function, arguments, comments.

    `{% translate "Pause" %}` in line 5 gives (5, "gettext", "Pause", []).
    """
    # Django turns each tag into a call of gettext and all else into capital letters. Their
    # indentation is none of Python's, and would end its tokenizer.
    calls = templatize(template.read().decode())
    lines = "\n".join(line.strip() for line in calls.split("\n"))
    yield from extract_python(BytesIO(lines.encode()), keywords, comment_tags, options)
