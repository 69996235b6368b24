"""A mail's text as HTML: the same words, for readers that prefer it."""

import re
from html import escape

LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
RIGHT_TO_LEFT = frozenset({"ar"})


def as_html(subject: str, text: str, language: str) -> str:
    """Paragraphs where the text has a blank line, line breaks where it has one, and its addresses as links."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    paragraphs = "\n".join(f"<p>{_paragraph(part)}</p>" for part in re.split(r"\n\s*\n", text.strip()))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}">\n'
        f'<head><meta charset="utf-8"><title>{escape(subject)}</title></head>\n'
        f'<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">\n{paragraphs}\n</body>\n</html>\n'
    )


def _paragraph(text: str) -> str:
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = escape(found[0])
        parts += [escape(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    parts.append(escape(text[end:]))
    return "".join(parts).replace("\n", "<br>\n")
