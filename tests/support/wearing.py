"""Looks put on a page that is there, by the attributes that the server writes; where things then stand.

How the server comes to write them is tested with the pages where looks are chosen.
"""

from playwright.sync_api import Locator, Page


def wear(page: Page, **chosen: str) -> None:
    """The page in this look and no other, without asking the server."""
    page.evaluate(
        """chosen => { const worn = document.documentElement.dataset;
        for (const name of Object.keys(worn)) delete worn[name];
        Object.assign(worn, {theme: 'standard'}, chosen); }""",
        chosen,
    )


def box(thing: Locator) -> dict[str, float]:
    """Where a thing stands in the window: x, y, width and height in px."""
    found = thing.bounding_box()
    assert found is not None
    return dict(found)
