"""The building inspected: templates compile strictly, escape everything, hold nothing inline, speak through gettext."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import jinja2
import pytest
from jinja2 import nodes

from app.pages.render import TEMPLATES, Renderer, must_be_a_view
from app.records.keyring import Keyring

NAMES = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*.html"))
READ_ALOUD = {"alt", "title", "aria-label", "placeholder", "aria-description"}
# Stands for whatever an expression gives, so that a half-finished tag is still a tag.
ATTRIBUTES = {"attributes", "column"}  # blocks of a layout that stand within a tag
SHOWN = {"text", "html", "titleText", "visuallyHiddenText"}  # what macros of GOV.UK show
READER = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.do"])
GIVEN = "\N{OBJECT REPLACEMENT CHARACTER}"


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(lambda name: f"/static/{name}", Keyring(bytes(range(32))))


def source(name: str) -> str:
    return (TEMPLATES / name).read_text()


def without_expressions(text: str) -> str:
    """The markup of a template with each expression replaced, and each statement and comment taken out."""
    kept: list[str] = []
    within = ""
    opening = False
    for _line, kind, value in READER.lex(text):
        if kind == "name" and opening:
            within, opening = value, False
        elif kind == "name" and value == "block":
            opening = True
        elif kind == "name" and value == "endblock":
            within = ""
        elif kind == "variable_begin":
            kept.append(GIVEN)
        elif kind == "data" and within not in ATTRIBUTES:
            kept.append(value)
    return "".join(kept)


class Words(HTMLParser):
    """Collects what a person would read or hear, and what tags carry."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.words += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(text: str) -> Words:
    words = Words()
    words.feed(without_expressions(text))
    return words


def untranslated(text: str) -> list[str]:
    """Words on screen that do not come through gettext."""
    pairs = READER.parse(text).find_all(nodes.Pair)
    given = [
        pair.value.value
        for pair in pairs
        if isinstance(pair.key, nodes.Const)
        and pair.key.value in SHOWN
        and isinstance(pair.value, nodes.Const)
    ]
    words = [*parsed(text).words, *map(str, given)]
    return [found for one in words if (found := one.strip()) and re.search(r"[A-Za-z]{2}", found)]


def inline(text: str) -> Iterator[str]:
    """What the content security policy would stop, or what comes from another place."""
    for tag, attributes in parsed(text).tags:
        if tag in ("style", "base", "iframe", "object", "embed"):
            yield tag
        if tag == "script" and not attributes.get("src"):
            yield "inline script"
        yield from (name for name in attributes if name == "style" or name.startswith("on"))
        yield from (
            f"{name}={value}"
            for name, value in attributes.items()
            if name in ("src", "action", "formaction")
            and re.match(r"(https?:)?//|javascript:|data:", value or "")
        )


def test_every_template_compiles(renderer: Renderer) -> None:
    assert len(NAMES) > 20
    assert sorted(renderer.environment.list_templates(extensions=["html"])) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_word_on_screen_comes_through_gettext(name: str) -> None:
    assert untranslated(source(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_inline_and_nothing_from_elsewhere(name: str) -> None:
    assert list(inline(source(name))) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_template_switches_escaping_off(renderer: Renderer, name: str) -> None:
    tree = renderer.environment.parse(source(name))
    assert [node.name for node in tree.find_all(nodes.Filter) if node.name in ("safe", "forceescape")] == []
    assert not list(tree.find_all(nodes.ScopedEvalContextModifier))


@pytest.mark.parametrize("name", NAMES)
def test_every_form_that_posts_carries_the_token(name: str) -> None:
    for form in re.findall(r"<form\b.*?</form>", source(name), flags=re.DOTALL):
        if re.search(r'method="post"', form):
            assert re.search(r'name="csrf"|/(hidden|token)\.html', form), form
            assert "novalidate" in form
            # Without it Back ticks an answer that was never saved (settled design, 35).
            assert 'autocomplete="off"' in form or not name.startswith(("candidate", "errors"))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('<p onclick="x()">', ["onclick"]),
        ('<p style="color: red">', ["style"]),
        ("<script>x()</script>", ["inline script"]),
        ('<img src="https://elsewhere.example/x.png">', ["src=https://elsewhere.example/x.png"]),
        ('<form action="//elsewhere.example">', ["action=//elsewhere.example"]),
    ],
)
def test_the_inspection_sees_what_is_inline(bad: str, why: list[str]) -> None:
    assert list(inline(bad)) == why


UNTRANSLATED = [
    '{{ govukButton({"text": "Go on"}) }}',
    "<p>Hello</p>",
    '<img alt="A bus">',
    '<p>{{ _("Yes") }} No</p>',
]


@pytest.mark.parametrize("bad", UNTRANSLATED)
def test_the_inspection_sees_words_that_nobody_can_translate(bad: str) -> None:
    assert untranslated(bad)
    assert not untranslated('<p class="big">{{ _("Hello") }} {{ view.name }} – 5</p>')


def test_a_name_that_is_not_there_is_an_error_and_not_an_empty_place(renderer: Renderer) -> None:
    with pytest.raises(jinja2.UndefinedError):
        renderer.environment.from_string("{{ view.nothing }}").render(view=object())


def test_text_is_escaped_also_within_the_macros(renderer: Renderer) -> None:
    page = "{{ typed }} {{ govukInput({'name': 'x', 'id': 'x', 'value': typed, 'label': {'text': typed}}) }}"
    html = renderer.environment.from_string(page).render(typed="<script>{{7*7}}'\"")
    assert "<script>" not in html
    assert html.count("{{7*7}}") == 3


def test_constant_words_are_looked_up_when_a_template_is_compiled(renderer: Renderer) -> None:
    asked: list[str] = []

    def look_up(words: str, **_values: str) -> str:
        asked.append(words)
        return "asked"

    template = renderer.environment.from_string(
        '{{ _("100%% sure & <b>") }}|{{ _("Hello %(name)s", name="<b>") }}'
    )
    html = template.render(_=look_up)
    assert html == "100% sure & <b>|asked"
    assert asked == ["Hello %(name)s"]


class Row:
    """Stands for a row of the database."""


def test_a_view_whose_annotations_promise_plain_values_is_not_looked_into(renderer: Renderer) -> None:
    """It is asked once for each page: what the type checker has seen is not looked at again."""
    from dataclasses import make_dataclass

    inner = make_dataclass("Inner", [("words", str)], frozen=True)
    promised = [("one", inner), ("more", tuple[inner, ...]), ("title", str | None)]
    looked: list[str] = []

    def looking(view: object, name: str) -> object:
        looked.append(name)
        return object.__getattribute__(view, name)

    def looked_at(fields: list[tuple[str, Any]]) -> set[str]:
        kind = make_dataclass("View", fields, frozen=True, namespace={"__getattribute__": looking})
        view = kind(*[inner("y"), (inner("z"),), None, 1][: len(fields)])
        looked.clear()
        must_be_a_view(view)
        return {name for name in looked if not name.startswith("__")}

    assert looked_at(promised) == set()
    assert looked_at([*promised, ("loose", object)]) == {"one", "more", "title", "loose"}


@pytest.mark.parametrize("value", [Row(), {"a": Row()}, [1, 2], object(), (1, Row())])
def test_only_frozen_views_of_plain_values_go_into_a_template(value: Any) -> None:
    from dataclasses import make_dataclass

    frozen = make_dataclass("View", [("title", str), ("what", Any)], frozen=True)
    must_be_a_view(frozen("x", (1, "two", None, frozen("y", 3))))
    with pytest.raises(TypeError):
        must_be_a_view(frozen("x", value))
    with pytest.raises(TypeError):
        must_be_a_view(make_dataclass("Loose", [("title", str)])("x"))
