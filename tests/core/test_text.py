"""Text as people can read it."""

import pytest

from hereabouts.core.text import printable


@pytest.mark.parametrize(
    "unseen", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\ufffe", "\ud83d\udfff"]
)
def test_printable_takes_out_what_nobody_sees(unseen: str) -> None:
    assert printable(f"{unseen}Millbeck{unseen} Hall") == "Millbeck Hall"


@pytest.mark.parametrize("text", ["", "Crèche, 1–2 pm", "two\nlines\tand\ra tab", "👣"])
def test_printable_leaves_the_rest_alone(text: str) -> None:
    assert printable(text) == text
