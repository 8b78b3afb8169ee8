"""Where the buttons of a question's page lead once its answer is kept: the same in the test and in practice."""

from dataclasses import replace

from app.pages import addresses
from app.pages.candidate.showing import PLACES, Showing
from app.pages.candidate.steps import question_address

LEADS_TO = {
    "look": "/sitting/look",
    "keys": "/sitting/keys",
    "time": "/sitting/time",
    "break": "/sitting/break",
    "help": "/sitting/help",
    "tools": "/sitting/tools",
    "accessibility": addresses.ACCESSIBILITY,
}
FLAGS = {"flag": "on", "unflag": "off"}
SHOW, AID_OFF = "show-", "aid-off"


def leads(showing: Showing, number: int, total: int, action: str, at: int, *, goes_on: bool) -> str:
    """Where a button of question `number` of `total` leads.

    `at` is the place of an answer that was chosen by a button of its own, 0 for none; `goes_on` says that nothing has
    to be told about an unanswered question.
    """
    if action in LEADS_TO:
        return LEADS_TO[action]
    if action == "next":
        return after(showing, number, total) if goes_on else showing.address(number, page="unanswered")
    if action == "back" and number > 1:
        return question_address(number - 1, base=showing.base, from_list=showing.from_list)
    if action == "list":
        return list_address(showing, number)
    if action == "larger":
        return showing.address(number, page="picture")
    return same_question(showing, number, action, at)


def same_question(showing: Showing, number: int | str, action: str, at: int) -> str:
    """The address of the question itself after any other button, with what is to be said there."""
    if action == "words":
        return replace(showing, in_words=not showing.in_words).address(number)
    if action.startswith(SHOW):
        which = action.removeprefix(SHOW)
        return f"{showing.with_open(which).address(number)}#a{which if which in PLACES else '1'}"
    if action == AID_OFF:
        return replace(showing, opened="").address(number, action)
    if action in FLAGS or action == "clear":
        return showing.address(number, "clear" if action == "clear" else "flag")
    return f"{showing.address(number, 'stay')}{f'#a{at}' if at else ''}"


def after(showing: Showing, number: int, total: int) -> str:
    """Where Continue leads: back to the list if the candidate came from there, else to the next question."""
    if showing.from_list or number >= total:
        return list_address(showing, number if showing.from_list else 0)
    return question_address(number + 1, base=showing.base)


def list_address(showing: Showing, number: int) -> str:
    """The list of all questions, at the link of one of them; at its top for 0."""
    return f"{showing.base}s{f'#q{number}' if number else ''}"
