"""The page of a question, learned piece by piece: what each lesson asks for, and what is said when it was done.

Source: the interface design, 1.5, P1 to P4 and P6. What is asked stands where a question stands in the test.
"""

from dataclasses import dataclass

from app.pages.candidate.practice.shape import CHANGE, CHOOSE, FLAGS, LESSON, ONWARD, TOOLS
from app.pages.candidate.practised import HOME
from app.pages.words import N_

LIST, TIME, HELP, HELPED = f"{HOME}/list", f"{HOME}/time", f"{HOME}/help", f"{HOME}/helped"
BREAK, ON_A_BREAK = f"{HOME}/break", f"{HOME}/on-a-break"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: the sentence in place of a question, the button that passes it, and where that leads.

    `number` is that of the practice question it stands on; `back` offers the way back to question 1. `again` is said
    after any other button.
    """

    step: int
    name: str
    heading: str
    passes: str
    leads: str
    done: str = ""
    number: int = 1
    back: bool = False
    again: str = N_("You pressed another button. Try again.")


def address(code: str) -> str:
    """The address of a lesson."""
    return f"{LESSON}/{code}"


PRACTISED = {"time": TIME, "break": BREAK, "help": HELP, "tools": f"{HOME}/tools"}

LESSONS = {
    "choose": Lesson(
        CHOOSE,
        N_("choose an answer"),
        N_("Choose an answer. Then press Save and continue."),
        "next",
        address("change"),
        N_("You chose %(letters)s. You can change it."),
    ),
    "change": Lesson(
        CHANGE,
        N_("change an answer"),
        N_("Choose another answer. Then press Save and continue."),
        "next",
        address("onward"),
        N_("You changed your answer to %(letters)s."),
    ),
    "onward": Lesson(
        ONWARD,
        N_("go on to the next question"),
        N_("Press Save and continue. It leads to the next question."),
        "next",
        address("back"),
        N_("You went on to the next question."),
    ),
    "back": Lesson(
        ONWARD,
        N_("go back"),
        N_("Press Back to question 1."),
        "back",
        address("forward"),
        N_("You went back. Your answer is still there."),
        number=2,
        back=True,
    ),
    "forward": Lesson(
        ONWARD,
        N_("go on again"),
        N_("You can do this as often as you like. Press Save and continue."),
        "next",
        address("flag"),
        N_("You can go on, and you can go back."),
    ),
    "flag": Lesson(
        FLAGS,
        N_("flag a question"),
        N_("A flag reminds you to look again. Press Flag to check later."),
        "flag",
        address("see-list"),
        N_("You flagged this question."),
    ),
    "see-list": Lesson(
        FLAGS,
        N_("see all questions"),
        N_("Now press See all questions."),
        "list",
        LIST,
        N_("This is the list of all questions. Choose question 1: you flagged it."),
    ),
    "found": Lesson(
        FLAGS,
        N_("back from the list"),
        N_("You are back at the flagged question. Press Save and continue."),
        "next",
        address("time"),
        N_("You can find a question by its flag."),
    ),
    "time": Lesson(
        TOOLS,
        N_("how much time is left"),
        N_("These buttons are on every page, at the end. Press How much time is left?"),
        "time",
        TIME,
        N_("You saw the page about time."),
    ),
    "break": Lesson(
        TOOLS,
        N_("take a break"),
        N_("Press Take a break."),
        "break",
        BREAK,
        N_("You came back from a break."),
    ),
    "help": Lesson(
        TOOLS,
        N_("ask a person"),
        N_("Press Ask a person for help."),
        "help",
        HELP,
        N_("You know how to ask a person."),
    ),
}
