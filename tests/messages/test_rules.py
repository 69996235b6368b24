"""The HTML of a mail says what its text says, and nothing that somebody typed becomes markup."""

import html5lib
import pytest

from advocates.messages.rules import as_html


def body_of(content):
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content)
    return tree.find("body")


@pytest.mark.parametrize(
    ("text", "links", "words"),
    [
        ("Hello", [], ["Hello"]),
        ("One\ntwo\n\nthree", [], ["One", "two", "three"]),
        ("Go to https://a.example/x?y=1&z=2.", ["https://a.example/x?y=1&z=2"], ["Go to https://a.example/x?y=1&z=2."]),
        ("<b>Bold</b> & <script>", [], ["<b>Bold</b> & <script>"]),
        ('https://a.example/"onclick="x', ["https://a.example/"], ['https://a.example/"onclick="x']),
        ("javascript:alert(1)", [], ["javascript:alert(1)"]),
    ],
)
def test_words_and_links(text, links, words):
    body = body_of(as_html("Your account", text, "en"))
    assert [link.get("href") for link in body.iter("a")] == links
    assert [line.strip() for line in "".join(body.itertext()).splitlines() if line.strip()] == words


def test_the_language_and_its_direction_are_said():
    assert '<html lang="ar" dir="rtl">' in as_html("x", "y", "ar")
    assert '<html lang="pl" dir="ltr">' in as_html("x", "y", "pl")
