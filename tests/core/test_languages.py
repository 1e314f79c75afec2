"""Words that are remembered for each language apart."""

from datetime import date

from django.utils import translation

from hereabouts.core.languages import cached_per_language, day_in_words


def test_it_is_worked_out_once_for_the_same_values_in_the_same_language() -> None:
    asked: list[tuple[str | None, int]] = []

    @cached_per_language
    def counted(number: int) -> str:
        asked.append((translation.get_language(), number))
        return f"{translation.get_language()} {number}"

    with translation.override("pl"):
        polish = [counted(1), counted(1), counted(2)]
    with translation.override("ro"):
        romanian = counted(1)

    assert polish == ["pl 1", "pl 1", "pl 2"]
    assert romanian == "ro 1"
    assert asked == [("pl", 1), ("pl", 2), ("ro", 1)]


def test_a_day_is_written_in_the_language_of_the_page() -> None:
    day = date(2026, 11, 26)

    english = day_in_words(day, "l j F Y")
    with translation.override("pl"):
        polish = day_in_words(day, "l j F Y")

    assert english == "Thursday 26 November 2026"
    assert polish.startswith("Czwartek 26 ")
