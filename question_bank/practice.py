"""The questions that people practise on: about everyday things, never about driving, and without a key.

Nobody marks them, so nothing here says which answer is right. They keep the rules for writers like the bank's own.
"""

from question_bank.model import (
    FIRST_LANGUAGE,
    STANDARD,
    CandidateQuestion,
    FairWithoutSight,
    Picture,
    Wording,
)

TOPIC = "practice"
LETTERS = ("a", "b", "c", "d")


def _about(
    name: str,
    stem: str,
    options: tuple[str, str, str, str],
    *,
    choose: int = 1,
    picture: Picture | None = None,
) -> CandidateQuestion:
    return CandidateQuestion(
        id=name,
        version=1,
        topic=TOPIC,
        choose=choose,
        option_ids=LETTERS,
        wordings={(FIRST_LANGUAGE, STANDARD): Wording(stem, options)},
        picture=picture,
        fair_without_sight=FairWithoutSight.YES,
    )


# Any answer is as good as any other: these two are there to try the page.
COLOUR = _about("colour", "Which colour do you like best?", ("Red", "Blue", "Green", "Yellow"))
SEASON = _about("season", "Which season do you like best?", ("Spring", "Summer", "Autumn", "Winter"))

TABLE = Picture(
    "practice-table.svg",
    "A table with four things on it. From left to right: a tall lamp, an open book, a cup and a plant in a pot.",
    480,
    300,
)
LIKE_REAL = (
    _about(
        "table",
        "You want to read in the evening. Which thing on the table gives light?",
        ("Cup", "Lamp", "Book", "Plant"),
        picture=TABLE,
    ),
    _about(
        "days", "Which of these are days of the week?", ("Winter", "Monday", "Morning", "Friday"), choose=2
    ),
)
EVERY = (COLOUR, SEASON, *LIKE_REAL)
