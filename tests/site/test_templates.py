"""Every template compiles, every page sets a title, and nothing inline that the content policy would refuse."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("**/*.html"))
PRINTED = {"credentials/certificate.html"}


def _is_page(name: str) -> bool:
    source = (ROOT / name).read_text()
    return '{% extends "layout/page.html" %}' in source


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(app, name):
    app.jinja_env.get_template(name)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if _is_page(name)])
def test_page_sets_a_title(name):
    assert "{% block title %}" in (ROOT / name).read_text()


@pytest.mark.parametrize("name", [name for name in TEMPLATES if _is_page(name)])
def test_page_is_named_for_its_endpoint(app, name):
    feature, page = name.removesuffix(".html").split("/", 1)
    if feature == "errors" or page.startswith("_"):
        return
    assert f"{feature}.{page}" in app.view_functions


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in PRINTED])
def test_nothing_inline_that_the_content_policy_refuses(name):
    source = (ROOT / name).read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|javascript:|\|\s*safe\b", source)
    for script in re.findall(r"<script[^>]*>", source):
        assert "src=" in script


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_bare_words_on_a_screen(name):
    """Every string a person reads goes through gettext: text between tags holds no plain letters."""
    source = (ROOT / name).read_text()
    source = re.sub(
        r"\{% block main_class %\}.*?\{% endblock %\}|\{% trans.*?\{% endtrans %\}", " ", source, flags=re.DOTALL
    )
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    source = re.sub(r"<!doctype[^>]*>|<!--.*?-->", " ", source, flags=re.DOTALL | re.IGNORECASE)
    source = re.sub(r"<[^>]*>", "\n", source)
    bare = [line.strip() for line in source.splitlines() if re.search(r"[A-Za-z]{2,}", line)]
    bare = [re.sub(r"&[a-z]+;", "", text) for text in bare]
    assert not [text for text in bare if re.search(r"[A-Za-z]{2,}", text)]
