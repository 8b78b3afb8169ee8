"""The pages of practice, each kind in its states, for the crawl."""

from __future__ import annotations

from app.actions.confirm_details import confirm_arrangements, confirm_details
from tests.journeys.candidate_states import MESSAGE, QUESTION, go, press, seated, tick
from tests.journeys.centre import Centre
from tests.journeys.crawl import Crawl
from tests.support.browser import Tabs

PRACTICE, DEVICE = "candidate/practice", "candidate/practice_device"
HOME = "/sitting/practice"


def practising(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """From the offer to the end of practice, by one page of each kind."""
    sitting = centre.released()
    page = seated(desks, sitting)
    sitting.candidate(confirm_details)
    sitting.candidate(confirm_arrangements)
    for path, template, state in (
        ("", PRACTICE, "the offer"),
        ("/device", "candidate/practice_devices", ""),
        ("/device/mouse/1", DEVICE, "a picture"),
        ("/device/mouse/5", DEVICE, "a square to press"),
        ("/device/mouse/6?said=again", DEVICE, "a press beside the square"),
        ("/device/keyboard/3", DEVICE, "answers"),
        ("/lesson/choose", QUESTION, "practice, a lesson"),
    ):
        go(page, centre, f"{HOME}{path}")
        crawl.stop(page, template, state)
    tick(page, 2)
    press(page, "Save and continue")
    crawl.stop(page, QUESTION, "practice, a lesson that was passed")
    go(page, centre, f"{HOME}/lesson/flag")
    press(page, "Flag to check later")
    press(page, "See all questions")
    crawl.stop(page, "candidate/review", "practice")
    go(page, centre, f"{HOME}/help")
    press(page, "Send this to a person")
    crawl.stop(page, "candidate/help", "practice, nothing chosen")
    go(page, centre, f"{HOME}/on-a-break")
    crawl.stop(page, MESSAGE, "practice, on a break")
    go(page, centre, f"{HOME}/question/1")
    crawl.stop(page, QUESTION, "practice, a picture")
    for path, template, state in (
        ("/finish", "candidate/finish", "practice"),
        ("/end", PRACTICE, "the end"),
        ("/parts", PRACTICE, "every part"),
    ):
        go(page, centre, f"{HOME}{path}")
        crawl.stop(page, template, state)


CHAPTERS = (practising,)
