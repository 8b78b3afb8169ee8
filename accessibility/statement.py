"""What the accessibility statement says in plain words: what is checked, what nobody has checked, what is not there.

How pages stand on each criterion of WCAG 2.2 is `wcag`. The public page and docs/accessibility.md are made of both.
"""

from accessibility.wcag import CRITERIA, Level, Standing
from accessibility.words import N_

# What a person can do on every page of a test.
CAN = (
    N_("take the whole test by keyboard, without a mouse"),
    N_("take the whole test with JavaScript switched off"),
    N_("choose ten colour themes, and text of up to 300 percent"),
    N_("choose letters, line height, space and line length"),
    N_("hide the clock, and stop messages about time"),
    N_("see only the question, or cover the rest of the page"),
    N_("take a break, or ask for a person, on every page"),
)
CHECKED = (
    N_("by keyboard alone, with JavaScript and without"),
    N_("with the checkers axe-core, IBM Equal Access and Nu, and with rules of our own"),
    N_("at a zoom of 400 percent, and with text of 200 and 300 percent"),
    N_("for contrast of at least 7 to 1, in every theme"),
    N_("with one screen reader, Orca on Linux, listened to by machine"),
    N_("in the browsers Chromium and Firefox"),
)
# Settled design, point 30: every check that was not run is listed, each by its name.
NOT_CHECKED = (
    N_("by disabled people"),
    N_("by an independent auditor"),
    N_("with the screen readers JAWS, NVDA and Narrator on Windows"),
    N_("with the screen reader VoiceOver on Mac, iPhone and iPad"),
    N_("with the screen reader TalkBack on Android"),
    N_("with a braille display"),
    N_("with screen magnifiers such as ZoomText"),
    N_("with speech input such as Dragon, Voice Access and Voice Control"),
    N_("with switch access of a phone, tablet or computer"),
    N_("with eye tracking or a head mouse"),
    N_("in Safari and Edge"),
    N_("on real phones and tablets"),
    N_("for how easy the words are for people"),
)
NOT_YET = (
    N_("Questions are not read aloud yet."),
    N_("There are no films in British Sign Language yet."),
    N_("Plain wording and help with words are not on the page yet."),
    N_("Switch scanning of our own is not there yet."),
    N_("The band around a few lines needs JavaScript."),
    N_("A test without a time limit is not offered."),
)


def is_known_to_fail(*levels: Level) -> bool:
    """Whether a criterion of these levels is known not to be met."""
    return any(one.standing is Standing.NOT_MET for one in CRITERIA if one.level in levels)


def unchecked(*levels: Level) -> tuple[str, ...]:
    """The numbers of the criteria of these levels that nobody has checked."""
    return tuple(
        one.number for one in CRITERIA if one.standing is Standing.NOT_CHECKED and one.level in levels
    )
