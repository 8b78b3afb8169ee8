"""A person at the keyboard: Tab, arrows, Space and Enter, going by the names of things and nothing else.

Every helper presses real keys. What has the focus is asked of the page, without script running in it.
"""

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STOPS = 120
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const words = t => (t || '').replace(/\\s+/g, ' ').trim();
  const by = (e.getAttribute('aria-labelledby') || '').split(/\\s+/).filter(Boolean)
    .map(id => document.getElementById(id)?.textContent).join(' ');
  const labels = e.labels ? [...e.labels].map(l => l.textContent).join(' ') : '';
  const kind = e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase();
  return {name: words(by) || words(e.getAttribute('aria-label')) || words(labels) ||
            words(kind === 'submit' ? e.value : e.textContent),
          kind, id: e.id, checked: e.checked === true,
          at: [...document.getElementsByTagName('*')].indexOf(e)};
}"""


@dataclass(frozen=True)
class Stop:
    """What has the focus: its name, its kind (a tag, or the type of an input), its id, whether it is chosen.

    `at` is its place in the source: two links may have one name and lead to one place.
    """

    name: str
    kind: str
    id: str
    checked: bool
    at: int


def focused(page: Page) -> Stop | None:
    """What has the focus, or None when it is the page itself or the browser around it."""
    found = page.evaluate(FOCUSED)
    return Stop(**found) if found else None


def press(page: Page, *keys: str) -> Stop | None:
    """Presses keys by Playwright's names, one after another; what has the focus afterwards."""
    for key in keys:
        page.keyboard.press(key)
    return focused(page)


def press_and_wait(page: Page, key: str) -> None:
    """Presses a key that leads to another page, and waits until that page is there."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def tab_to(page: Page, name: str, *, key: str = "Tab") -> int:
    """Presses Tab until the thing called `name` has the focus; how many presses it took.

    Names match whole, or from their start when `name` ends in "…". Fails when the focus comes round.
    """
    passed = []
    for presses in range(1, MOST_STOPS + 1):
        stop = press(page, key)
        if stop is not None and _is_called(stop, name):
            return presses
        passed.append(stop.name if stop else "(the browser)")
        if passed.count(passed[-1]) > 2 and len(passed) > 2:
            break
    raise AssertionError(f"Tab never came to {name!r}; it passed {', '.join(passed)}")


def _is_called(stop: Stop, name: str) -> bool:
    return stop.name.startswith(name[:-1]) if name.endswith("…") else stop.name == name


def activate(page: Page, name: str, *, key: str | None = None) -> None:
    """Goes by Tab to the link or button called `name`, presses it and waits for the page it leads to."""
    tab_to(page, name)
    press_and_wait(page, key or "Enter")


def choose(page: Page, letter: str) -> Stop:
    """Goes into the answers by Tab, and by arrows to the answer with this letter; the chosen answer.

    Space chooses it where no arrow was needed. Nothing is submitted. Fails when there is no such answer.
    """
    stop = focused(page)
    while stop is None or stop.kind not in ("radio", "checkbox"):
        before, stop = stop, press(page, "Tab")
        if before is not None and stop is None:
            raise AssertionError("Tab went through the page and met no answers")
    return _choose_box(page, letter) if stop.kind == "checkbox" else _choose_radio(page, stop, letter)


def _choose_radio(page: Page, stop: Stop, letter: str) -> Stop:
    met: list[str] = []
    while not _has_letter(stop, letter):
        if stop.name in met:
            raise AssertionError(f"there is no answer {letter}; there are {met}")
        met.append(stop.name)
        stop = _still_on_an_answer(press(page, "ArrowDown"))
    if not stop.checked:
        stop = _still_on_an_answer(press(page, "Space"))
    if not (_has_letter(stop, letter) and stop.checked):
        raise AssertionError(f"{letter} was asked for and the page shows {stop}")
    return stop


def _choose_box(page: Page, letter: str) -> Stop:
    stop = _still_on_an_answer(focused(page))
    while not _has_letter(stop, letter):
        stop = _still_on_an_answer(press(page, "Tab"))
    return stop if stop.checked else _still_on_an_answer(press(page, "Space"))


def _has_letter(stop: Stop, letter: str) -> bool:
    return stop.name.split(" ", 1)[0].rstrip(".") == letter


def _still_on_an_answer(stop: Stop | None) -> Stop:
    if stop is None or stop.kind not in ("radio", "checkbox"):
        raise AssertionError(f"the focus left the answers for {stop}")
    return stop


def stops(page: Page) -> list[Stop]:
    """Every Tab stop of the page in order, from its top until the focus leaves it: K03 needs this to end.

    Fails when the focus is held, that is, when the page never lets go of it.
    """
    page.evaluate("document.activeElement?.blur(); getSelection()?.removeAllRanges()")
    found: list[Stop] = []
    for _ in range(MOST_STOPS):
        stop = press(page, "Tab")
        if stop is None:
            return found
        if found and stop == found[0] and len(found) > 1:
            return found  # headless browsers have nothing around the page: the focus comes round
        if found and stop == found[-1]:
            raise AssertionError(f"Tab does not leave {stop.name!r}")
        found.append(stop)
    raise AssertionError(f"more than {MOST_STOPS} stops; the last ones are {found[-3:]}")
