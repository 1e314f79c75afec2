"""Text as people can read it."""

import pytest

from hereabouts.core.text import alphanumeric, folded, printable, words_of


@pytest.mark.parametrize(
    "unseen", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\x7f", "\ufffe", "\ud83d\udfff"]
)
def test_printable_takes_out_what_nobody_sees(unseen: str) -> None:
    assert printable(f"{unseen}Millbeck{unseen} Hall") == "Millbeck Hall"


@pytest.mark.parametrize("text", ["", "Crèche, 1–2 pm", "two\nlines\tand\ra tab", "👣"])
def test_printable_leaves_the_rest_alone(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Ćwiczenia", "cwiczenia"), ("Straße", "strasse"), ("Ångström", "angstrom"), ("", "")],
)
def test_folded_forgives_case_and_accents_and_twice_changes_nothing(text: str, plain: str) -> None:
    assert folded(text) == folded(folded(text)) == plain


def test_words_and_letters_leave_marks_out() -> None:
    assert words_of("Chair-based_class (2)") == ["Chair", "based", "class", "2"]
    assert alphanumeric("Low-impact (2)") == "lowimpact2"
