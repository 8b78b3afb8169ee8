"""Focus as it is seen: how thick and how clear its ring is (K10), and whether anything covers it (K11).

Walks the page by Tab; what the stops are called is `keyboard`'s business.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Page

from accessibility.contrast import EDGE, Colour, contrast
from tests.support.keyboard import FOCUSED, MOST_STOPS, Stop, press
from tests.support.measuring import measure, resized

Pixel = tuple[int, int, int]
MARGIN = 20
_TO_THE_MIDDLE = """
const e = document.activeElement;
if (!e || e === document.body || e === document.documentElement) return null;
e.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
const choice = (e.type === 'radio' || e.type === 'checkbox') && e.labels.length;
const boxes = [e, ...(choice && Number(getComputedStyle(e).opacity) === 0 ? e.labels : [])]
  .map(one => one.getBoundingClientRect());
return {name: tell(e), left: Math.min(...boxes.map(b => b.left)), top: Math.min(...boxes.map(b => b.top)),
  right: Math.max(...boxes.map(b => b.right)), bottom: Math.max(...boxes.map(b => b.bottom))};
"""
# Asked together with what has the focus, so that one walk tells both what the stops are and how they are seen.
_COVERED = (
    f"const focused = {FOCUSED};"
    """
const e = document.activeElement;
if (!e || e === document.body || e === document.documentElement) return null;
const b = e.getBoundingClientRect(), wide = document.documentElement.clientWidth;
const wrong = [];
if (b.left < -1 || b.right > wide + 1) wrong.push('reaches outside the window sideways');
if (b.top < -1 || (b.bottom > innerHeight + 1 && b.height <= innerHeight)) wrong.push('is not wholly in the window');
const mine = n => n && (e.contains(n) || n.contains(e) || [...(e.labels || [])].some(l => l.contains(n)));
const inset = 3, rows = [b.top + inset, (b.top + b.bottom) / 2, Math.min(b.bottom, innerHeight) - inset];
for (const x of [b.left + inset, (b.left + b.right) / 2, b.right - inset]) for (const y of rows) {
  const hit = document.elementFromPoint(x, y);
  if (hit && !mine(hit)) wrong.push(`lies under ${tell(hit)}`);
}
return {stop: focused(), tag: tell(e), wrong: [...new Set(wrong)]};
"""
)


_CONTROLS = "a[href], button, input, textarea, select, [tabindex='-1']:not(main)"
_BOXES = f"""
return [...document.querySelectorAll("{_CONTROLS}")].filter(seen).map(e => {{
  const over = e.labels && e.labels.length && Number(getComputedStyle(e).opacity) === 0 ? e.labels[0] : e;
  const b = boxOf(over);
  return {{name: tell(e), left: Math.floor(b.left), top: Math.floor(b.top), right: Math.ceil(b.right),
    bottom: Math.ceil(b.bottom)}};
}});
"""


@dataclass(frozen=True)
class Ring:
    """The focus ring of one control: px of 3:1 change on its thinnest side, and whether two tones make it."""

    name: str
    thickness: int
    two_tone: bool


def rings(page: Page) -> list[Ring]:
    """The ring of every Tab stop of the page, measured from pixels with and without the focus."""
    found: list[Ring] = []
    for _ in range(MOST_STOPS):
        press(page, "Tab")
        box = measure(page, _TO_THE_MIDDLE)
        if box is None or (found and box["name"] == found[0].name):
            break
        page.evaluate("() => { globalThis.had = document.activeElement; }")
        with_focus = _around(page, box)
        page.evaluate("() => globalThis.had.blur()")
        without = _around(page, box)
        page.evaluate("() => globalThis.had.focus({preventScroll: true})")
        found.append(_ring(box["name"], without, with_focus))
    return found


def weak_rings(page: Page, thick: int = 4) -> list[str]:
    """K10: the controls whose ring is thinner than `thick` px of 3:1 change, or of one tone only."""
    return [
        f"{ring.name} has a ring of {ring.thickness} px" + ("" if ring.two_tone else " in one tone")
        for ring in rings(page)
        if ring.thickness < thick or not ring.two_tone
    ]


@dataclass(frozen=True)
class Met:
    """A Tab stop as the walk met it: what it is, the start of its source, and what keeps it from being wholly seen."""

    stop: Stop
    source: str
    wrong: tuple[str, ...]


def tab_walk(page: Page) -> list[Met]:
    """K03 and K11: every Tab stop in order, from the top of the page until the focus leaves it or comes round.

    Fails when the focus is held, that is, when the page never lets go of it.
    """
    page.evaluate("document.activeElement?.blur(); getSelection()?.removeAllRanges()")
    found: list[Met] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        told = measure(page, _COVERED)
        stop = Stop(**told["stop"]) if told else None
        if told is None or stop is None:
            return found
        if len(found) > 1 and stop == found[0].stop:
            return found  # headless browsers have nothing around the page: the focus comes round
        if found and stop == found[-1].stop:
            raise AssertionError(f"Tab does not leave {stop.name!r}")
        found.append(Met(stop, told["tag"], tuple(told["wrong"])))
    raise AssertionError(f"more than {MOST_STOPS} stops; the last ones are {found[-3:]}")


def covered_focus(page: Page, width: int = 320, height: int = 480) -> list[str]:
    """K11: the Tab stops that are not wholly seen in a window of this size."""
    with resized(page, width, height):
        return [f"{met.source} {wrong}" for met in tab_walk(page) for wrong in met.wrong]


@contextmanager
def everything_focused(page: Page) -> Iterator[None]:
    """Every control of the page looks as if it had the focus until the block ends (Chromium only)."""
    door = page.context.new_cdp_session(page)
    door.send("DOM.enable")
    door.send("CSS.enable")
    root = door.send("DOM.getDocument")["root"]["nodeId"]
    found = door.send("DOM.querySelectorAll", {"nodeId": root, "selector": _CONTROLS})["nodeIds"]
    for node in found:
        forced = ["focus", "focus-visible"]
        door.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": forced})
    yield
    door.detach()


def rings_between(page: Page, without: Image.Image, with_focus: Image.Image) -> list[Ring]:
    """The ring of every control, from two pictures of the whole page; see `everything_focused`.

    For a page whose controls stand at least twice MARGIN px apart: two pictures do what `rings` needs a walk for.
    """
    boxes: list[dict[str, Any]] = measure(page, _BOXES)
    areas = [
        (box["left"] - MARGIN, box["top"] - MARGIN, box["right"] + MARGIN, box["bottom"] + MARGIN)
        for box in boxes
    ]
    return [
        _ring(box["name"], without.crop(area), with_focus.crop(area))
        for box, area in zip(boxes, areas, strict=True)
    ]


def whole(page: Page) -> Image.Image:
    """A picture of the whole page."""
    return Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")


def _around(page: Page, box: dict[str, Any]) -> Image.Image:
    size = page.viewport_size or {"width": 0, "height": 0}
    left, top = max(0, int(box["left"]) - MARGIN), max(0, int(box["top"]) - MARGIN)
    right, bottom = (
        min(size["width"], int(box["right"]) + MARGIN),
        min(size["height"], int(box["bottom"]) + MARGIN),
    )
    shot = page.screenshot(clip={"x": left, "y": top, "width": right - left, "height": bottom - top})
    return Image.open(io.BytesIO(shot)).convert("RGB")


def _ring(name: str, without: Image.Image, with_focus: Image.Image) -> Ring:
    wide, high = with_focus.size
    across = [(x, high // 2) for x in range(wide)]
    down = [(wide // 2, y) for y in range(high)]
    halves = (
        across[: wide // 2],
        across[: wide // 2 - 1 : -1],
        down[: high // 2],
        down[: high // 2 - 1 : -1],
    )
    thinnest = min(_longest_change(without, with_focus, half) for half in halves)
    return Ring(name, thinnest, _is_two_tone(without, with_focus))


def _pixel(image: Image.Image, at: tuple[int, int]) -> Pixel:
    pixel = image.getpixel(at)
    if not isinstance(pixel, tuple):
        raise TypeError("the picture is not in colour")
    return (int(pixel[0]), int(pixel[1]), int(pixel[2]))


def _ratio(first: Pixel, second: Pixel) -> float:
    return contrast(Colour(*first), Colour(*second))


def _longest_change(without: Image.Image, with_focus: Image.Image, line: list[tuple[int, int]]) -> int:
    longest = run = 0
    for at in line:
        changed = _ratio(_pixel(without, at), _pixel(with_focus, at)) >= EDGE
        run = run + 1 if changed else 0
        longest = max(longest, run)
    return longest


def _is_two_tone(without: Image.Image, with_focus: Image.Image) -> bool:
    """Whether the pixels that changed hold two colours, each at least a px all round, 3:1 apart."""
    wide, high = with_focus.size
    changed = ImageChops.difference(without, with_focus).convert("L").point(lambda level: 255 if level else 0)
    seen = Image.new("RGBA", with_focus.size)
    seen.paste(with_focus, mask=changed)
    tones = seen.getcolors(wide * high) or []
    large = [
        tone[:3]
        for count, tone in tones
        if isinstance(tone, tuple) and tone[3] and count >= (wide + high - 4 * MARGIN)
    ]
    return any(_ratio(one, other) >= EDGE for one in large for other in large)
