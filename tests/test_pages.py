"""What a page object takes for the words of a page."""

import pytest
from django.http import HttpResponse

from tests.pages import Page


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>Ring <a href='tel:1'>0115</a>, or\n  <b>write</b>.</p>", "Ring 0115, or write."),
        ("<dl><dt>Cost</dt><dd>£3</dd><dd>Free for carers</dd></dl>", "Cost £3 Free for carers"),
        ("<p>Tea &amp; cake</p><p>Who&#x27;s there</p>", "Tea & cake Who's there"),
        ("<p>Seen</p><p hidden>Not seen</p><!-- nor --><script>this()</script>", "Seen"),
        ("<head><title>Tab</title></head><body><h1>Page</h1></body>", "Page"),
        ("<details><summary>14 more</summary>Golf</details>", "14 more Golf"),
    ],
)
def test_the_words_of_a_page_are_those_that_a_reader_sees(markup: str, words: str) -> None:
    assert Page(HttpResponse(markup)).text == words
