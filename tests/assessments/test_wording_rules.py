"""How plain text reads as headings, paragraphs and lists, and what its hash covers."""

import pytest

from advocates.assessments.rules import Block, BlockKind, blocks, text_sha256, tidy

HEADING, PARAGRAPH, ITEMS = BlockKind


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("One line", [Block(PARAGRAPH, ("One line",))]),
        ("Two\nlines", [Block(PARAGRAPH, ("Two lines",))]),
        ("One\r\n\r\n\r\nTwo", [Block(PARAGRAPH, ("One",)), Block(PARAGRAPH, ("Two",))]),
        ("## Limits\n\nText", [Block(HEADING, ("Limits",)), Block(PARAGRAPH, ("Text",))]),
        ("- one\n- two", [Block(ITEMS, ("one", "two"))]),
        ("Not a list:\n- one", [Block(PARAGRAPH, ("Not a list: - one",))]),
        ("#1 rule\n\n-no", [Block(PARAGRAPH, ("#1 rule",)), Block(PARAGRAPH, ("-no",))]),
        ("<b>bold</b>", [Block(PARAGRAPH, ("<b>bold</b>",))]),
    ],
)
def test_a_blank_line_ends_a_block(body, expected):
    assert list(blocks(body)) == expected


def test_line_ends_and_outer_space_do_not_change_the_words():
    assert tidy("  A \r\nB\r\rC\n\n") == "A\nB\n\nC"


def test_the_hash_covers_title_and_body():
    hashes = {text_sha256(title, body) for title in ("A", "B") for body in ("C", "D")}
    assert len(hashes) == 4
