"""Every choice there is about how pages look, speak and are answered: one table, and what each choice takes.

One person's choices are `preferences.py`. Source: the interface design, 1.0, 1.4, 2.2, 2.3, 3.1, 3.2 and 6.1.
"""

from collections.abc import Mapping

from accessibility.preference import Preference, Value, are_keys, are_minutes
from accessibility.words import N_

ON_OFF = (Value("on", N_("On")), Value("off", N_("Off")))
OFF_ON = (ON_OFF[1], ON_OFF[0])

PREFERENCES: tuple[Preference, ...] = (
    Preference(
        "answering",
        N_("Your way of answering"),
        N_("How would you like to answer?"),
        (
            Value("unsure", N_("I am not sure. Show me")),
            Value("touch", N_("Touch the screen")),
            Value("mouse", N_("Mouse")),
            Value("keyboard", N_("Keyboard")),
            Value("switch", N_("Switch")),
            Value("voice", N_("Voice"), N_("Single keys are off, so that words in the room choose nothing.")),
            Value("person", N_("A person enters my answers")),
        ),
    ),
    Preference(
        "reader",
        N_("Screen reader"),
        N_("Do you use a screen reader or magnifier?"),
        (
            Value("no", N_("No")),
            Value(
                "yes", N_("Yes"), N_("Pages start at the question. Single keys for the whole page are off.")
            ),
        ),
    ),
    Preference(
        "size",
        N_("Text size"),
        N_("How large should the text be?"),
        tuple(Value(str(n), N_("100%").replace("100", str(n))) for n in (100, 125, 150, 175, 200, 250, 300)),
        "size",
    ),
    Preference(
        "colours",
        N_("Colours"),
        N_("Which colours are easy for you to read?"),
        (
            Value("device", N_("My device’s colours")),
            Value("standard", N_("Black on white")),
            Value("cream", N_("Cream")),
            Value("blue", N_("Pale blue")),
            Value("green", N_("Pale green")),
            Value("pink", N_("Pale pink")),
            Value("grey", N_("Grey, little glare")),
            Value("dark", N_("Dark")),
            Value("white-on-black", N_("White on black")),
            Value("yellow-on-black", N_("Yellow on black")),
            Value("yellow-on-blue", N_("Yellow on blue")),
        ),
        "theme",
    ),
    Preference(
        "font",
        N_("Letters"),
        N_("Which letters are easy for you to read?"),
        (
            Value("plain", N_("Plain letters")),
            Value("clear", N_("Letters that are hard to mix up")),
            Value("serif", N_("Letters with small strokes at their ends")),
            Value("heavy", N_("Letters with heavy feet")),
        ),
        "font",
    ),
    Preference(
        "line",
        N_("Space between lines"),
        N_("How far apart should lines be?"),
        (Value("normal", N_("Normal")), Value("wide", N_("Wide")), Value("wider", N_("Wider"))),
        "line",
    ),
    Preference(
        "spacing",
        N_("Space between letters and words"),
        N_("How far apart should letters and words be?"),
        (Value("normal", N_("Normal")), Value("wide", N_("Wide")), Value("wider", N_("Wider"))),
        "spacing",
    ),
    Preference(
        "width",
        N_("Length of lines"),
        N_("How long should lines be?"),
        (Value("long", N_("Long")), Value("medium", N_("Medium")), Value("short", N_("Short"))),
        "width",
    ),
    Preference(
        "layout",
        N_("Place of the picture"),
        N_("Where should the picture of a question be?"),
        (
            Value("one", N_("Above the answers")),
            Value("two", N_("Beside the answers, on a wide screen")),
        ),
        "layout",
    ),
    Preference(
        "ring",
        N_("Frame around the place where you are"),
        N_("How thick should the frame around the place where you are be?"),
        (Value("normal", N_("Normal")), Value("thick", N_("Thick"))),
        "ring",
    ),
    Preference(
        "show",
        N_("What each page shows"),
        N_("What should each page show?"),
        (
            Value("everything", N_("Everything")),
            Value("question", N_("Only the question"), N_("Tools and help are behind one link.")),
        ),
        "show",
    ),
    Preference(
        "aid",
        N_("Help with reading"),
        N_("Would a reading aid help you?"),
        (
            Value("off", N_("No reading aid")),
            Value("band", N_("A band around a few lines"), N_("Two buttons move it up and down.")),
            Value(
                "rest", N_("Cover the rest"), N_("Only the question, its answers and its buttons are seen.")
            ),
            Value("answers", N_("Cover the answers"), N_("You open each answer when you are ready.")),
        ),
        "aid",
    ),
    Preference(
        "band",
        N_("Height of the band"),
        N_("How many lines should the band hold?"),
        (
            Value("2", N_("2 lines")),
            Value("1", N_("1 line")),
            Value("3", N_("3 lines")),
            Value("4", N_("4 lines")),
            Value("5", N_("5 lines")),
        ),
        "band",
    ),
    Preference(
        "pictures",
        N_("Pictures"),
        N_("How should pictures be shown?"),
        (Value("normal", N_("Normal")), Value("larger", N_("Larger")), Value("grey", N_("Grey"))),
        "pictures",
    ),
    Preference(
        "motion",
        N_("Movement"),
        N_("May things on the page move?"),
        (Value("device", N_("As my device says")), Value("off", N_("No")), Value("on", N_("Yes"))),
        "motion",
    ),
    Preference(
        "clock",
        N_("Time left on the page"),
        N_("How should the time left be shown?"),
        (
            Value("minutes", N_("In minutes")),
            Value("bar", N_("As a bar with words")),
            Value("last", N_("Only in the last 10 minutes")),
            Value(
                "hide",
                N_("Hide it"),
                N_("You are still told before the time ends, unless you turn that off too."),
            ),
        ),
    ),
    Preference(
        "told",
        N_("When you are told the time left"),
        N_("When should we tell you how much time is left?"),
        (
            Value(
                "usual",
                N_("At 10, 5 and 1 minutes"),
                N_("With a lot of extra time: at 15, 5 and 1 minutes."),
            ),
            Value("five", N_("In the last 5 minutes only")),
            Value("quarters", N_("Every 15 minutes")),
            Value("none", N_("Never")),
        ),
        free=are_minutes,
    ),
    Preference(
        "start",
        N_("Where each page starts"),
        N_("Where should each page start?"),
        (
            Value("top", N_("At the top of the page")),
            Value("question", N_("At the question")),
            Value(
                "answer",
                N_("At the first answer"),
                N_("Not with a screen reader: it would not read the question."),
            ),
        ),
    ),
    Preference(
        "stops",
        N_("Moving between answers"),
        N_("How should the Tab key move through the answers?"),
        (
            Value("group", N_("One stop for all answers"), N_("Arrow keys move between them.")),
            Value(
                "each",
                N_("Each answer is a stop of its own"),
                N_("For two switches, or for Tab and Space alone."),
            ),
        ),
    ),
    Preference(
        "answer_keys",
        N_("Keys 1 to 4 and A to D"),
        N_("Should the keys 1 to 4 and A to D choose an answer?"),
        ON_OFF,
    ),
    Preference(
        "page_keys",
        N_("Single keys for the whole page"),
        N_("Should single keys work on the whole page?"),
        OFF_ON,
    ),
    Preference(
        "keys",
        N_("Changed keys"),
        N_("Which key should do what?"),
        (Value("", N_("The usual keys")),),
        free=are_keys,
    ),
)
BY_CODE: Mapping[str, Preference] = {one.code: one for one in PREFERENCES}
THEMES: tuple[str, ...] = tuple(value.code for value in BY_CODE["colours"].values if value.code != "device")
