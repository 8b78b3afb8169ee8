"""How templates are compiled: words looked up once, pieces pasted in, and what a page shows the same as before."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from app.pages.compiling import pages_environment


def environment(folder: Path, **files: str) -> jinja2.Environment:
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return pages_environment(folder)


def test_a_piece_is_part_of_its_page_and_keeps_its_names_to_itself(tmp_path: Path) -> None:
    made = environment(
        tmp_path,
        page='{% set word = "page" %}{% include "piece.html" %} {{ word }} {{ outer }}',
        piece='{% set word = "piece" %}{{ word }} {{ outer }}',
    )
    assert made.get_template("page.html").render(outer="&") == "piece &amp; page &amp;"
    source, _name, _uptodate = made.loader.get_source(made, "page.html")
    assert "piece.html" not in made.compile(source, raw=True)


def test_a_piece_with_blocks_is_still_included(tmp_path: Path) -> None:
    made = environment(
        tmp_path,
        page='{% include "piece.html" %}',
        piece='{% extends "frame.html" %}{% block inside %}in{% endblock %}',
        frame="({% block inside %}{% endblock %})",
    )
    assert made.get_template("page.html").render() == "(in)"


def test_a_piece_that_is_not_there_is_told_when_the_page_is_compiled(tmp_path: Path) -> None:
    with pytest.raises(jinja2.TemplateNotFound, match=r"gone\.html"):
        environment(tmp_path, page='{% include "gone.html" %}').get_template("page.html")


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ('{{ _("Save & go") }}', "Save & go"),
        ('{{ _("Yes") if held else _("100 %%") }}', "100 %"),
        ('{{ _("Question %(n)d", n=number) }}', "Question 3"),
        ('{% set words = _("Wait") %}{{ words }}', "Wait"),
    ],
)
def test_words_are_shown_as_gettext_gives_them(tmp_path: Path, template: str, shown: str) -> None:
    made = environment(tmp_path, page=template)
    assert made.get_template("page.html").render(held=False, number=3) == shown
