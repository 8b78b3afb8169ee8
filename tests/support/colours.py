"""Colours as the browser works them out: contrast of all text and edges, and whether two looks differ.

D01 is judged here from computed styles, D04 and the like from pixels.
"""

import io
from collections.abc import Sequence
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page

from accessibility.contrast import EDGE, TEXT_AAA, Colour, colour, contrast
from tests.support.measuring import measure

WHITE = Colour(255, 255, 255)
# What lies behind an element, the nearest first; elements that share their surroundings share the answer.
_GROUND = """
const behind = new Map();
const ground = e => {
  if (!e) return [];
  if (!behind.has(e)) {
    const s = getComputedStyle(e), own = [s.backgroundColor];
    if (s.backgroundImage !== 'none') own.push('picture');
    behind.set(e, own.concat(ground(e.parentElement)));
  }
  return behind.get(e);
};
const edge = (s, e) => s.borderTopStyle === 'none' || parseFloat(s.borderTopWidth) === 0 ? []
  : [{front: s.borderTopColor, grounds: ground(e)}];
const textsNow = nodes => nodes.filter(n => Number(getComputedStyle(n.parentElement).opacity) > 0).map(n => ({
  words: n.data.trim().slice(0, 40), front: getComputedStyle(n.parentElement).color,
  grounds: ground(n.parentElement)}));
const edgesNow = found => found.map(e => {
  const s = getComputedStyle(e), around = e.parentElement, choice = e.type === 'radio' || e.type === 'checkbox';
  const drawn = Number(s.opacity) > 0 ? edge(s, around) : [];
  if (e.tagName === 'BUTTON') drawn.push({front: s.backgroundColor, grounds: ground(around)});
  if (choice && s.appearance !== 'none' && Number(s.opacity) > 0) drawn.push({front: s.color, grounds: ground(around)});
  if (choice) for (const l of e.labels) drawn.push(...edge(getComputedStyle(l, '::before'), around));
  if (choice) drawn.push(...edge(getComputedStyle(around), around.parentElement));
  return {name: tell(e), drawn};
});
const edged = () => controls().filter(e => e.tagName !== 'A');
"""
_TEXTS = _GROUND + "return textsNow(texts());"
_EDGES = _GROUND + "return edgesNow(edged());"
# What is seen, and where, does not follow from colours: only those are asked for again in each theme. Of things
# that are painted alike, one stands for all.
_IN_THEMES = (
    _GROUND
    + """
const root = document.documentElement, before = root.dataset.theme, nodes = texts(), edges = edged(), found = {};
const unlike = (all, key) => [...new Map(all.map(one => [JSON.stringify(key(one)), one])).values()];
for (const theme of told) {
  root.dataset.theme = theme;
  behind.clear();
  found[theme] = {texts: unlike(textsNow(nodes), one => [one.front, one.grounds]),
    edges: unlike(edgesNow(edges), one => one.drawn)};
}
if (before === undefined) delete root.dataset.theme; else root.dataset.theme = before;
return found;
"""
)


def weak_text(page: Page, least: float = TEXT_AAA) -> list[str]:
    """D01: text with less contrast than `least` against what lies behind it, in the theme that is on now."""
    return _weak_text(measure(page, _TEXTS), least)


def weak_edges(page: Page, least: float = EDGE) -> list[str]:
    """D01: fields and buttons none of whose edges or fills stands out from its surroundings by `least`."""
    return _weak_edges(measure(page, _EDGES), least)


def weak_in_themes(page: Page, themes: Sequence[str]) -> list[str]:
    """D01: weak texts and edges in each of these themes, put on one after another without loading the page again."""
    seen = measure(page, _IN_THEMES, list(themes))
    return [
        f"{theme}: {fault}"
        for theme, painted in seen.items()
        for fault in _weak_text(painted["texts"], TEXT_AAA) + _weak_edges(painted["edges"], EDGE)
    ]


def _weak_text(texts: list[dict[str, Any]], least: float) -> list[str]:
    return [
        f'"{one["words"]}" has {_ratio(one):.2f}:1'
        for one in texts
        if "picture" not in one["grounds"] and _ratio(one) < least
    ]


def _weak_edges(edges: list[dict[str, Any]], least: float) -> list[str]:
    return [
        f"{one['name']} stands out by {best:.2f}:1"
        for one in edges
        if (best := max((_ratio(drawn) for drawn in one["drawn"]), default=1.0)) < least
    ]


def _ratio(one: dict[str, Any]) -> float:
    return contrast(one["front"], _mixed(one["grounds"]))


def _mixed(grounds: list[str]) -> Colour:
    """What is seen of backgrounds lying over each other, the nearest first, on a white canvas."""
    below = WHITE
    for ground in reversed([written for written in grounds if written != "picture"]):
        below = colour(ground).over(below)
    return below


def looks(thing: Locator | Page) -> Image.Image:
    """What is seen of a thing now."""
    return Image.open(io.BytesIO(thing.screenshot())).convert("RGB")


def difference(before: Image.Image, after: Image.Image) -> float:
    """The share of pixels, 0 to 1, that differ clearly between two looks; 1 where the sizes differ."""
    if before.size != after.size:
        return 1.0
    changed = ImageChops.difference(before, after).convert("L").point(lambda level: 255 if level > 48 else 0)
    return float(changed.histogram()[255]) / (before.width * before.height)
