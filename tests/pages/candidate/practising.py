"""What a test does on the pages of practice, and what it reads off them."""

from __future__ import annotations

import sqlalchemy as sa

from app.pages.candidate.practice.device_pages import PAGES, Page
from app.pages.candidate.practice.lesson_pages import LESSONS
from app.records.tables import metadata
from tests.pages.candidate.hall import Candidate
from tests.pages.candidate.tab import Tab

HOME = "/sitting/practice"


def links(tab: Tab) -> dict[str, str]:
    """Where each link of the page leads, by its words."""
    return {one.text(): one.get("href") or "" for one in tab.tree.all("a")}


def follow(tab: Tab, words: str) -> Tab:
    return tab.open(links(tab)[words])


def done(tab: Tab) -> str:
    """What is said with a tick; empty when nothing is."""
    ticked = [one.text() for one in tab.tree.all("p") if one.get("class") == "done"]
    return ticked[0] if ticked else ""


def pass_page(tab: Tab, page: Page) -> Tab:
    """Do what a page of a device asks for."""
    if page.ground is not None:
        middle = {"ground.x": str(page.ground.width // 2), "ground.y": str(page.ground.height // 2)}
        return tab.press(**middle)
    fields = {"answer": "b"} if page.answer else {}
    return tab.press("go", **fields)


def through_the_lessons(tab: Tab) -> Tab:
    """From the first lesson to the two questions, by the right buttons."""
    tab.open(f"{HOME}/lesson/choose").choose(1)
    tab.choose(2).press("next").press("back").press("next")
    tab.press("flag").press("list")
    follow(tab, next(words for words in links(tab) if "Flagged." in words)).press("next")
    follow(tab.press("time"), "Go on: try a break").press("break").press().press()
    return follow(tab.press("help").press("come"), "Go on: two practice questions")


def stored(candidate: Candidate) -> dict[str, int]:
    """How many rows each table holds."""
    db = candidate.scene.db
    return {
        table.name: db.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }


def addresses() -> list[str]:
    """Every page of practice."""
    devices = [f"/device/{device}/{n}" for device, pages in PAGES.items() for n in range(1, len(pages) + 1)]
    rest = [
        "parts",
        "list",
        "time",
        "break",
        "on-a-break",
        "help",
        "helped",
        "tools",
        "questions",
        "finish",
        "end",
    ]
    asked = [f"/question/{n}{below}" for n in (1, 2) for below in ("", "/unanswered")]
    others = ["", "/device", *(f"/{one}" for one in rest), "/question/1/picture"]
    lessons = [f"/lesson/{lesson}" for lesson in LESSONS]
    return [f"{HOME}{path}" for path in (*devices, *lessons, *asked, *others)]
