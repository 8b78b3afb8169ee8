"""The questions after a test in words: what is asked, the hint, and the words of each choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.pages.words import N_, _
from app.rules.survey import VALUES, SurveyQuestion

UNSAID = N_("Prefer not to say")


@dataclass(frozen=True, slots=True)
class Worded:
    """One question; without choices it is answered in words. `faces`: each choice has a face beside its words."""

    asks: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    faces: bool = False

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """Value and words of each choice, in the reader's language."""
        return tuple((value, _(words)) for value, words in self.choices.items())


def _choices(question: SurveyQuestion, *words: str) -> dict[str, str]:
    return dict(zip(VALUES[question], words, strict=True))


WORDED: Mapping[SurveyQuestion, Worded] = {
    SurveyQuestion.EASE: Worded(
        N_("How easy were the pages to use?"),
        choices=_choices(
            SurveyQuestion.EASE,
            N_("Very easy"),
            N_("Easy"),
            N_("Neither easy nor hard"),
            N_("Hard"),
            N_("Very hard"),
        ),
        faces=True,
    ),
    SurveyQuestion.SUPPORT: Worded(
        N_("Did the settings and help you needed work?"),
        choices=_choices(
            SurveyQuestion.SUPPORT,
            N_("Yes, all of it"),
            N_("Some of it"),
            N_("No"),
            N_("I did not need any"),
        ),
    ),
    SurveyQuestion.BARRIER: Worded(
        N_("Was anything in your way?"),
        N_("Say it in your own words, up to 500 characters. Do not write names."),
    ),
    SurveyQuestion.INPUT: Worded(
        N_("How did you take the test?"),
        choices=_choices(
            SurveyQuestion.INPUT,
            N_("Mouse"),
            N_("Keyboard"),
            N_("Touch the screen"),
            N_("Switch"),
            N_("Voice"),
            N_("A person entered my answers"),
            N_("More than one of these"),
        ),
    ),
    SurveyQuestion.AGE: Worded(
        N_("How old are you?"),
        choices=_choices(
            SurveyQuestion.AGE,
            N_("16 to 24"),
            N_("25 to 34"),
            N_("35 to 44"),
            N_("45 to 54"),
            N_("55 to 64"),
            N_("65 or over"),
            UNSAID,
        ),
    ),
    SurveyQuestion.HEALTH: Worded(
        N_("Does a physical or mental condition affect your daily life?"),
        N_("We mean one that lasts, or is likely to last, 12 months or more."),
        choices=_choices(
            SurveyQuestion.HEALTH, N_("Yes, a lot"), N_("Yes, a little"), N_("No, or I have none"), UNSAID
        ),
    ),
    SurveyQuestion.LANGUAGE: Worded(
        N_("Is English the language you know best?"),
        choices=_choices(SurveyQuestion.LANGUAGE, N_("Yes"), N_("No"), UNSAID),
    ),
}
