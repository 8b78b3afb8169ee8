"""A page as a tree of elements, read leniently, with what was not well formed kept as sentences.

It knows enough of HTML to judge our own pages (void elements, end tags that may be left out, SVG);
it is not a browser's parser, and the Nu checker has the last word on validity.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

from accessibility.page_rules.fault import PageKind


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


VOID = _set("area base br col embed hr img input link meta param source track wbr")
UNSPOKEN = frozenset({"script", "style", "template"})
MAY_BE_LEFT_OPEN = _set("p li dt dd tr td th thead tbody tfoot option")
ENDS_A_PARAGRAPH = _set(
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr main menu nav ol p pre section table ul"
)
# A start tag on the left ends an open element on the right, up to the nearest element after the bar.
ENDED_BY = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tr": ({"tr", "td", "th"}, {"table"}),
    "tbody": ({"thead", "tbody", "tr", "td", "th"}, {"table"}),
    "tfoot": ({"thead", "tbody", "tr", "td", "th"}, {"table"}),
    "option": ({"option"}, {"select", "datalist"}),
}


@dataclass(eq=False)
class Element:
    """One element: its tag, attributes (an empty string where there is no value), parent and content."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    content: list["Element | str"] = field(default_factory=list)

    def __str__(self) -> str:
        shown = "".join(f' {name}="{value}"' for name, value in list(self.attributes.items())[:4])
        return f"<{self.tag}{shown}>"

    def get(self, name: str) -> str | None:
        """The value of an attribute, or None where it is absent."""
        return self.attributes.get(name)

    def has(self, name: str) -> bool:
        """Whether the attribute is there at all."""
        return name in self.attributes

    def children(self) -> Iterator["Element"]:
        """The elements directly inside."""
        return (item for item in self.content if isinstance(item, Element))

    def walk(self) -> tuple["Element", ...]:
        """This element and every one below it, in reading order. Kept: ask only once the page is read to its end."""
        return self._whole

    def all(self, *tags: str) -> list["Element"]:
        """Every element below this one with one of the tags, in reading order."""
        if len(tags) == 1:
            return list(self._by_tag.get(tags[0], ()))
        return [one for one in self._whole[1:] if one.tag in tags]

    @cached_property
    def _whole(self) -> tuple["Element", ...]:
        return (self, *(one for child in self.children() for one in child.walk()))

    @cached_property
    def _by_tag(self) -> dict[str, list["Element"]]:
        found: dict[str, list[Element]] = {}
        for one in self._whole[1:]:
            found.setdefault(one.tag, []).append(one)
        return found

    def ancestors(self) -> Iterator["Element"]:
        """The elements around this one, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def closest(self, *tags: str) -> "Element | None":
        """The nearest element around this one with one of the tags."""
        return next((one for one in self.ancestors() if one.tag in tags), None)

    def text(self) -> str:
        """All words inside, white space folded, without scripts and styles."""
        return " ".join("".join(_strings(self)).split())


def _strings(element: Element) -> Iterator[str]:
    if element.tag in UNSPOKEN:
        return
    for item in element.content:
        if isinstance(item, str):
            yield item
        else:
            yield from _strings(item)


@dataclass
class Page:
    """A parsed page: what kind it is, the document, its elements by id, and what was not well formed."""

    kind: PageKind
    document: Element
    by_id: dict[str, list[Element]]
    problems: list[str]

    @property
    def body(self) -> Element:
        """The body, or the whole document where the page has none."""
        return next(iter(self.document.all("body")), self.document)

    def all(self, *tags: str) -> list[Element]:
        """Every element of the page with one of the tags."""
        return self.document.all(*tags)

    def with_id(self, name: str) -> Element | None:
        """The first element with the id."""
        found = self.by_id.get(name)
        return found[0] if found else None


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Element("#document")
        self.open = [self.document]
        self.problems: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.document.attributes["doctype"] = decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(self._add(tag, attrs))
        else:
            self._add(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        in_svg = tag == "svg" or any(one.tag == "svg" for one in self.open)
        if in_svg or tag in VOID:
            self._add(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        depth = next((at for at in range(len(self.open) - 1, 0, -1) if self.open[at].tag == tag), None)
        if depth is None:
            self.problems.append(f"</{tag}> ends nothing that is open.")
            return
        self._report_open(self.open[depth + 1 :])
        del self.open[depth:]

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        self._end_what_this_ends(tag)
        element = Element(tag, parent=self.open[-1])
        for name, value in attrs:
            if name in element.attributes:
                self.problems.append(f"{element} has the attribute {name} twice.")
            else:
                element.attributes[name] = value or ""
        self.open[-1].content.append(element)
        return element

    def _end_what_this_ends(self, tag: str) -> None:
        if tag in ENDS_A_PARAGRAPH and self.open[-1].tag == "p":
            self.open.pop()
        ended, scope = ENDED_BY.get(tag, (set(), set()))
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag in scope:
                return
            if self.open[at].tag in ended and self.open[at - 1].tag not in ended:
                del self.open[at:]
                return

    def _report_open(self, left_open: list[Element]) -> None:
        self.problems += [f"{one} is never ended." for one in left_open if one.tag not in MAY_BE_LEFT_OPEN]

    def finish(self) -> None:
        self.close()
        self._report_open(self.open[1:])


def parse(html: str, kind: PageKind) -> Page:
    """The page as a tree; never raises, whatever the text is."""
    builder = _Builder()
    builder.feed(html)
    builder.finish()
    by_id: dict[str, list[Element]] = {}
    for element in builder.document.walk():
        if element.has("id"):
            by_id.setdefault(element.attributes["id"], []).append(element)
    return Page(kind, builder.document, by_id, builder.problems)
