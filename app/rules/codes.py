"""Letters that people copy, type and read out: codes for a desk, references, words on a screen.

Where the chance comes from is the caller's affair; what is stored of them is the records'.
"""

from collections.abc import Callable

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No 0 O 1 I L: nobody can mix them up, also over a telephone."""

WORD_LETTERS = "BCDFGHJKLMNPRSTVWXZ"
"""No vowels: no word that anybody could mind."""

SHORTEST_WORD, LONGEST_WORD = 4, 12


def made(choose: Callable[[str], str], length: int) -> str:
    """A code of so many letters; `choose` takes one letter of a text, such as `secrets.choice`."""
    return "".join(choose(LETTERS) for _place in range(length))


def word_of(digest: str) -> str:
    """The longest word of a browser, worked out from its digest (hex): the same each time.

    Screens show the shortest beginning, of four letters or more, that no other browser shows.
    """
    number, word = int(digest, 16), ""
    for _place in range(LONGEST_WORD):
        number, letter = divmod(number, len(WORD_LETTERS))
        word += WORD_LETTERS[letter]
    return word
