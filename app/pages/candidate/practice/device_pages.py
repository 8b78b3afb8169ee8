"""What practice with a device shows, page by page: one sentence, one picture, one thing to try.

Source: the interface design, 1.5. Nothing here is ever called wrong.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.pages.candidate.frame import Choice
from app.pages.words import N_

GO_ON = "go"


class Device(StrEnum):
    """What somebody answers with; the words are those of the preference `answering`."""

    MOUSE = "mouse"
    KEYBOARD = "keyboard"
    TOUCH = "touch"
    VOICE = "voice"
    SWITCH = "switch"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of ours, below app/static/pictures; sizes in CSS pixels."""

    file: str
    words: str
    width: int = 400
    height: int = 280


@dataclass(frozen=True, slots=True)
class Ground:
    """A picture that can be pressed, with a square in its middle; sizes of the square in CSS pixels.

    It stands in its own size on every page, for a press tells where it was in pixels.
    """

    file: str
    words: str
    square_width: int
    square_height: int
    width: int = 280
    height: int = 280

    def is_hit(self, x: int, y: int) -> bool:
        """Whether a press at this place was on the square. 0, 0 is what a keyboard or a voice sends: it counts."""
        aside, above = abs(x - self.width / 2), abs(y - self.height / 2)
        return (x, y) == (0, 0) or (aside <= self.square_width / 2 and above <= self.square_height / 2)


@dataclass(frozen=True, slots=True)
class Page:
    """One page. It passes by its button `go`, by its square, or by an answer where it asks for one.

    `answer`: `any` for any of them, a letter for that one, empty where there are none. `done` is said on the next
    page, `again` on this one after any other press.
    """

    name: str
    heading: str
    words: tuple[str, ...] = ()
    drawing: Drawing | None = None
    ground: Ground | None = None
    answer: str = ""
    buttons: tuple[Choice, ...] = (Choice(GO_ON, N_("Go on")),)
    done: str = ""
    again: str = ""


def _keyboard(file: str, words: str) -> Drawing:
    return Drawing(file, words, 571, 219)


LARGE = Ground("ground-large.svg", N_("The big square"), 120, 120)
SMALL = Ground("ground-small.svg", N_("The small square"), 80, 80)
AS_ANSWER = Ground("ground-answer.svg", N_("The square as large as an answer"), 240, 56)
MISSED = N_("You pressed. The arrow was not on the square yet. Try again.")
NOT_TOUCHED = N_("You touched. Your finger was not on the square yet. Try again.")

MOUSE = (
    Page(
        N_("the mouse"),
        N_("This is a mouse."),
        (N_("A person can press Go on for you."),),
        Drawing("mouse.svg", N_("A mouse from above: two buttons in front, a small wheel between, a cable.")),
    ),
    Page(
        N_("your hand on the mouse"),
        N_("Rest your hand on it."),
        drawing=Drawing("mouse-hand.svg", N_("A hand on a mouse. One finger lies on each of its buttons.")),
    ),
    Page(
        N_("push the mouse"),
        N_("Push it: the arrow on the screen moves."),
        drawing=Drawing("mouse-move.svg", N_("The mouse goes to the right, and so does the arrow.")),
    ),
    Page(
        N_("the arrow on the square"),
        N_("Put the arrow on the big square."),
        drawing=Drawing("mouse-point.svg", N_("A screen with a big square. The arrow is on the square.")),
    ),
    Page(
        N_("press the big square"),
        N_("Press the left button once and let go."),
        (N_("Do it when the arrow is on the square."),),
        Drawing("mouse-press.svg", N_("The left button of a mouse goes down, then up.")),
        LARGE,
        buttons=(),
        done=N_("You pressed the big square."),
        again=MISSED,
    ),
    Page(
        N_("press the small square"),
        N_("Now press a smaller square."),
        ground=SMALL,
        buttons=(),
        done=N_("You pressed the small square."),
        again=MISSED,
    ),
    Page(
        N_("press a square like an answer"),
        N_("Now press one as large as an answer."),
        ground=AS_ANSWER,
        buttons=(),
        done=N_("You can use the mouse."),
        again=MISSED,
    ),
)
KEYBOARD = (
    Page(
        N_("the Tab key"),
        N_("Press the Tab key: it moves you on."),
        (N_("A frame shows where you are."), N_("When it is around the button, press Enter.")),
        _keyboard("keyboard-tab.svg", N_("A keyboard. The Tab key is at the left, in the second row.")),
        buttons=(Choice(GO_ON, N_("The frame is here")),),
        done=N_("You moved on with the Tab key."),
    ),
    Page(
        N_("back with Shift and Tab"),
        N_("Hold Shift and press Tab: it moves you back."),
        (N_("Go on to the second button. Then go back to the first, and press Enter."),),
        _keyboard(
            "keyboard-shift-tab.svg", N_("A keyboard. The Shift key is at the left, below the Tab key.")
        ),
        buttons=(Choice(GO_ON, N_("First button")), Choice("second", N_("Second button"))),
        done=N_("You moved back with Shift and Tab."),
        again=N_("That was the second button. Go back to the first one. Try again."),
    ),
    Page(
        N_("the arrow keys"),
        N_("Press the arrow keys: they move between answers."),
        (N_("Go to the answers with Tab. Move with the arrows. Then go on to the button."),),
        _keyboard(
            "keyboard-arrows.svg", N_("A keyboard. Four keys with arrows are at the right, at the bottom.")
        ),
        answer="any",
        buttons=(Choice(GO_ON, N_("I have moved")),),
        done=N_("You moved with the arrow keys."),
        again=N_("No answer was chosen yet. Try again."),
    ),
    Page(
        N_("the Space key"),
        N_("Press the Space key: it chooses an answer."),
        (N_("Go to the answers with Tab. Press Space. Then go on to the button."),),
        _keyboard("keyboard-space.svg", N_("A keyboard. The Space key is the long one at the bottom.")),
        answer="any",
        buttons=(Choice(GO_ON, N_("I have chosen")),),
        done=N_("You chose with the Space key."),
        again=N_("No answer was chosen yet. Try again."),
    ),
    Page(
        N_("the Enter key"),
        N_("Press the Enter key: it presses a button."),
        (N_("Go to the button with Tab. Press Enter."),),
        _keyboard("keyboard-enter.svg", N_("A keyboard. The Enter key is at the right, in the third row.")),
        buttons=(Choice(GO_ON, N_("Press me")),),
        done=N_("You can use the keyboard."),
    ),
)
TOUCH = (
    Page(
        N_("touch the big square"),
        N_("Touch the square once, and lift your finger."),
        (),
        Drawing("touch.svg", N_("A finger touches a square on a screen.")),
        LARGE,
        buttons=(),
        done=N_("You touched the square."),
        again=NOT_TOUCHED,
    ),
    Page(
        N_("slide off a button"),
        N_("Slide your finger off a button: it is not pressed."),
        (N_("Touch Try here. Slide off it, then lift. Nothing happens."),),
        Drawing("touch-slide.svg", N_("A finger slides from a square to the place beside it.")),
        buttons=(Choice("try", N_("Try here")), Choice(GO_ON, N_("Go on"))),
        done=N_("Sliding off cancels a touch."),
        again=N_("You lifted your finger on the button. Try again, or go on."),
    ),
    Page(
        N_("touch a square like an answer"),
        N_("Now touch one as large as an answer."),
        ground=AS_ANSWER,
        buttons=(),
        done=N_("You can use the touch screen."),
        again=NOT_TOUCHED,
    ),
)
SAVE = Choice(GO_ON, N_("Save and continue"))
VOICE = (
    Page(
        N_("say the words of a button"),
        N_("Say: click Save and continue."),
        (N_("Say click, then the words that you see on the button."),),
        Drawing("voice.svg", N_("A microphone that hears a voice.")),
        buttons=(SAVE, Choice("list", N_("See all questions"))),
        done=N_("You pressed a button with your voice."),
        again=N_("You pressed See all questions. Say: click Save and continue."),
    ),
    Page(
        N_("say the letter of an answer"),
        N_("Say: click B. Then say: click Save and continue."),
        answer="b",
        buttons=(SAVE,),
        done=N_("You chose B with your voice."),
        again=N_("B was not chosen yet. Say: click B. Then say: click Save and continue."),
    ),
)
SWITCH = (
    Page(
        N_("your switch"),
        N_("A person sets up your switch with you."),
        (
            N_("This page does not do it."),
            N_(
                "Choose Ask a person for help, below. The person makes the switch ready and tries it with you."
            ),
        ),
        Drawing("switch.svg", N_("A large round switch with a cable. It is pressed from above.")),
    ),
)
PERSON = (
    Page(
        N_("a person enters your answers"),
        N_("A person enters your answers."),
        (
            N_("You say your answer, or you point to it."),
            N_("The person says it back to you. Then they choose it on the screen."),
            N_("You decide when to go on. The person never helps you to choose."),
        ),
        Drawing("person.svg", N_("Two people at a table. One speaks, the other sits at a computer.")),
    ),
)
PAGES: dict[Device, tuple[Page, ...]] = {
    Device.MOUSE: MOUSE,
    Device.KEYBOARD: KEYBOARD,
    Device.TOUCH: TOUCH,
    Device.VOICE: VOICE,
    Device.SWITCH: SWITCH,
    Device.PERSON: PERSON,
}
