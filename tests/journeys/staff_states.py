"""The staff's pages, each brought into each of its states, for the crawl. Every role looks at a sitting once."""

from __future__ import annotations

from playwright.sync_api import Page

from app.actions.mark_absent import AbsentReason, mark_absent
from app.rules.help import HelpReason
from app.rules.policy import MINUTE
from app.rules.sitting import PauseKind
from tests.journeys.candidate_ends import finished
from tests.journeys.candidate_states import mark, press, seated
from tests.journeys.centre import PASSWORD, Centre, email
from tests.journeys.crawl import Crawl
from tests.journeys.sitting import Sitting
from tests.support.browser import Tabs

SITTING, ACT = "centre/sitting", "centre/act"
SIGN_IN, TODAY = "/staff/sign-in", "/centre/example/today"


def signed_in(desks: Tabs, centre: Centre, who: str = "desk") -> Page:
    """A tab of somebody of the staff."""
    page = desks.open(f"{centre.url}{SIGN_IN}", script=True)
    _fill_in(page, email(who), PASSWORD)
    return page


def _fill_in(page: Page, address: str, password: str) -> None:
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(password)
    press(page, "Sign in")


def coming_in(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """Sign-in, invitation, and the list of centres for each role."""
    page = desks.open(f"{centre.url}{SIGN_IN}", script=True)
    crawl.stop(page, "staff/sign_in")
    press(page, "Sign in")
    crawl.stop(page, "staff/sign_in", "nothing typed")
    _fill_in(page, "nobody@example.test", "not the password")
    crawl.stop(page, "staff/sign_in", "wrong")
    page.goto(f"{centre.url}/staff/invitation/nonsense")
    crawl.stop(page, "errors/error", "an invitation that is spent")
    page.goto(f"{centre.url}/staff/invitation/{centre.invite()}")
    crawl.stop(page, "staff/invitation")
    page.get_by_label("Choose a password").fill("short")
    press(page, "Join")
    crawl.stop(page, "staff/invitation", "weak password")
    page.get_by_label("Choose a password").fill(PASSWORD)
    press(page, "Join")
    crawl.stop(page, "staff/sign_in", "joined")
    for who in ("desk", "lead", "officer", "administrator"):
        page = signed_in(desks, centre, who)
        crawl.stop(page, "staff/home", who)
    press(page, "Sign out")
    crawl.stop(page, "staff/sign_in", "signed out")
    page.goto(f"{centre.url}{TODAY}")
    crawl.stop(page, "staff/sign_in", "was signed out")


def the_day(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """Today's list, empty and with every state on it."""
    page = signed_in(desks, centre)
    page.goto(f"{centre.url}{TODAY}")
    crawl.stop(page, "centre/today", "nobody is booked")
    minutes = [centre.now + number * MINUTE for number in range(6)]  # the list goes by time
    centre.book(name="Booked Example", starts_at=minutes[0])
    centre.book(name="Checked Example", starts_at=minutes[1]).check_in()
    running, paused, calling, over = (
        centre.released(name=f"{name} Example", starts_at=starts_at)
        for name, starts_at in zip(("Run", "Bell", "Call", "Over"), minutes[2:], strict=True)
    )
    for one in (running, paused, calling, over):
        seated(desks, one)
        one.start()
    paused.pause(PauseKind.MEDICAL)
    calling.call(HelpReason.MESSAGE, "The screen is dark")
    over.stop("candidate")
    page.goto(f"{centre.url}{TODAY}")
    crawl.stop(page, "centre/today", "every state")
    press(page, "I am coming to Call Example")
    crawl.stop(page, SITTING, "a call that is seen")
    page.goto(f"{centre.url}{TODAY}")
    crawl.stop(page, "centre/today", "a call is seen")
    page.goto(f"{centre.url}/centre/example/desks")
    crawl.stop(page, "centre/desks")
    press(page, "Let it try again")
    crawl.stop(page, "centre/desks", "nothing typed")
    page.get_by_label("The word on the screen").fill("BBBB")
    press(page, "Let it try again")
    crawl.stop(page, "centre/desks", "no such word")
    page.goto(f"{centre.url}/centre/example/desks?done=allowed")
    crawl.stop(page, "centre/desks", "allowed")
    page.goto(f"{centre.url}/centre/other/today")
    crawl.stop(page, "errors/error", "staff, no such centre")


def check_in(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """From the booking to the code, with what can be wrong."""
    sitting = centre.book()
    for who in ("officer", "administrator", "desk"):
        page = signed_in(desks, centre, who)
        page.goto(sitting.address)
        crawl.stop(page, SITTING, f"booked, {who}")
    _form(crawl, page, sitting, "extra-time", "Set extra time and breaks", {"extra_minutes": "x"})
    page.get_by_label("Extra minutes").fill("3")
    mark(page, "We have seen proof for it")
    press(page, "Set extra time and breaks")
    crawl.stop(page, SITTING, "extra time is set")
    _form(crawl, page, sitting, "check-in", "Check in", {"break_minutes": "500"})
    press(page, "Check in")
    page.goto(f"{sitting.address}/check-in")
    mark(page, "Passport")
    mark(page, "Yes, both match")
    press(page, "Check in")
    crawl.stop(page, SITTING, "checked in")
    _form(crawl, page, sitting, "undo-check-in", "Take the check-in back", {})
    page.goto(sitting.address)
    press(page, "Release to a desk")
    crawl.stop(page, "centre/code")
    page.goto(sitting.address)
    crawl.stop(page, SITTING, "has a code")
    later = centre.book(starts_at=centre.now + 7_200_000)
    page.goto(f"{later.address}/check-in")
    crawl.stop(page, ACT, "check-in, early")
    centre.clock.forward(minutes=14)
    page.goto(f"{centre.url}{TODAY}")
    absent = centre.book(starts_at=centre.now - 3_600_000)
    page.goto(absent.address)
    crawl.stop(page, SITTING, "booked, late")
    _form(crawl, page, absent, "absent", "Mark as not there for good", {})
    absent.desk(mark_absent, reason=AbsentReason.NOT_THERE)
    page.goto(absent.address)
    crawl.stop(page, SITTING, "not there")
    page.goto(f"{sitting.address[:-4]}0000")
    crawl.stop(page, "errors/error", "staff, no such sitting")


def under_way(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """A sitting that runs, is paused, calls, gets time; and what was done by somebody else meanwhile."""
    sitting = centre.released()
    seated(desks, sitting)
    page = signed_in(desks, centre)
    page.goto(sitting.address)
    crawl.stop(page, SITTING, "at the desk")
    sitting.start()
    page.goto(sitting.address)
    crawl.stop(page, SITTING, "in progress")
    _form(crawl, page, sitting, "pause", "Stop the clock now", {})
    mark(page, "Noise, or something else disturbs the test")
    page.get_by_label("What happened?").fill("A drill next door")
    press(page, "Stop the clock now")
    crawl.stop(page, SITTING, "paused")
    press(page, "Start the clock again")
    page.goto(f"{sitting.address}/pause")
    sitting.pause()
    mark(page, "Noise, or something else disturbs the test")
    page.get_by_label("What happened?").fill("A drill next door")
    press(page, "Stop the clock now")
    crawl.stop(page, SITTING, "paused already, by somebody else")
    _form(crawl, page, sitting, "grant", "Add the time", {"minutes": "0"})
    page.get_by_label("Extra minutes").fill("200")
    page.get_by_label("Why?").fill("A drill")
    press(page, "Add the time")
    crawl.stop(page, ACT, "grant, more than the role may add")
    page.goto(sitting.address)
    press(page, "Start the clock again")
    crawl.stop(page, SITTING, "resumed")
    sitting.call(HelpReason.BROKEN, "The mouse does not move")
    page.goto(sitting.address)
    crawl.stop(page, SITTING, "help is called")
    press(page, "The call is answered", exact=False)
    crawl.stop(page, SITTING, "help is answered")


def stops(crawl: Crawl, centre: Centre, desks: Tabs) -> None:
    """A sitting stopped by one person, and by two; and one that was finished."""
    sitting, single, done = centre.released(), centre.released(), centre.released()
    for one in (sitting, single, done):
        candidate = seated(desks, one)
        one.start()
    finished(candidate, done, 8)
    page, other = signed_in(desks, centre), signed_in(desks, centre, "second")
    page.goto(done.address)
    crawl.stop(page, SITTING, "finished")
    _form(crawl, page, sitting, "stop", "Stop the test for good", {})
    _stop(page, "The rules of the test were broken", "Too short")
    crawl.stop(page, ACT, "stop, too few words")
    _stop(page, "The rules of the test were broken", "A telephone was found and read")
    crawl.stop(page, SITTING, "a stop is proposed")
    page.goto(f"{sitting.address}/stop")
    crawl.stop(page, ACT, "stop, proposed by me")
    other.goto(sitting.address)
    crawl.stop(other, SITTING, "a stop was proposed by somebody else")
    other.goto(f"{sitting.address}/stop")
    crawl.stop(other, ACT, "stop, proposed by somebody else")
    _stop(other, "The rules of the test were broken", "I have seen the telephone too")
    crawl.stop(other, SITTING, "stopped by two")
    page.goto(f"{single.address}/stop")
    _stop(page, "The candidate asked to stop", "They want to go home")
    crawl.stop(page, SITTING, "stopped")


def _stop(page: Page, reason: str, words: str) -> None:
    mark(page, reason)
    page.get_by_label("What happened?").fill(words)
    press(page, "Stop the test for good")


def _form(crawl: Crawl, page: Page, sitting: Sitting, path: str, button: str, typed: dict[str, str]) -> None:
    """The page before an act, as it opens and after a press with nothing right on it."""
    page.goto(f"{sitting.address}/{path}")
    crawl.stop(page, ACT, path)
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, button)
    crawl.stop(page, ACT, f"{path}, wrong")


CHAPTERS = (coming_in, the_day, check_in, under_way, stops)
