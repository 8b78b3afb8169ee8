"""Which passwords of staff are refused, and what one looks like that nobody chose.

Length counts, not kinds of characters; nothing is forced to change. How a password is stored is not decided here.
Source: reliability and security design, T26 (ASVS 5.0, 6.2).
"""

import itertools
from collections.abc import Callable

from app.rules.codes import made
from app.rules.policy import POLICY

MOST = 200
"""Longer ones cost time to hash and are not typed by people."""

_COMMON = """123456123456 1234567890ab 123456789012 1234567890123 12345678901234 123123123123 111111111111 000000000000
    121212121212 112233445566 987654321098 0987654321qw 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv zaq12wsxcde3 q1w2e3r4t5y6
    qwerty123456 qwertyqwerty qwerty12345678 qwertyuiop12 qwertyuiop123 qwertyuiopas qwertyuiopasdfghjkl asdfghjklqwe
    asdfghjkl123 zxcvbnm12345 abc123abc123 abcdefghijkl abcdefghijklm abcd12345678 abcdef123456 a1b2c3d4e5f6
    aa1234567890
    password1234 password12345 password123456 passwordpassword password1password passw0rd1234 p@ssw0rd1234 p@ssword1234
    mypassword12 mypassword123 newpassword1 newpassword12 changeme1234 changemenow1 changemeplease letmein12345
    letmeinplease welcome12345 welcome123456 welcometohell iloveyou1234 iloveyou12345 iloveyouforever iloveyousomuch
    administrator administrator1 admin1234567 admin12345678 adminadmin12 adminadminadmin superman1234 spiderman123
    footballfootball football1234 liverpool123 liverpoolfc1 manchester12 manchester123 manchesterunited chelsea12345
    arsenal12345 tottenhamhotspur princess1234 sunshine1234 trustno12345 whatever1234 computer1234 internet1234
    michaeljackson leonardodicaprio harrypotter1 starwars1234 startrek1234 thequickbrownfox correcthorsebatterystaple
    nevergonnagiveyouup drivingtheory drivingtheory1 drivingtest1 drivinglicence theorytest12 theorytest123
    clearway1234 clearwayclearway testcentre12 testcentre123"""
COMMON = frozenset(_COMMON.split())
"""Common passwords of twelve characters and more, and the words of this house; shorter ones are refused anyway."""

_ROOTS = """password passwort passw0rd p@ssword p@ssw0rd welcome letmein qwerty qwertyuiop admin changeme iloveyou
    abc abcdef football princess sunshine monkey dragon master summer winter spring autumn clearway theory centre"""
ROOTS = frozenset(_ROOTS.split())
"""Words that figures at the end do not save."""


def new_password(choose: Callable[[str], str]) -> str:
    """A password that nobody chose: twenty letters in four groups, 99 bits. `choose` as for `codes.made`."""
    return "-".join(made(choose, 5) for _group in range(4))


def is_weak(password: str, *about: str) -> bool:
    """Whether a password is too short, too long, common, of one piece repeated, or made of what is known (`about`).

    `about` are words about the person, such as name and e-mail address. Spaces and case do not make a common one good.
    """
    plain = "".join(password.lower().split())
    if len(password) < POLICY.least_password or len(password) > MOST or len(set(plain)) < 5:
        return True
    root = plain.rstrip("!?.*#-_0123456789")
    if plain in COMMON or plain.rstrip("!?.") in COMMON or root in COMMON or root in ROOTS or _counts(plain):
        return True
    known = {part for words in about for part in _parts(words) if len(part) > 3}
    rest = plain
    for part in sorted(known, key=len, reverse=True):
        rest = rest.replace(part, "")
    return len(rest) < 8


def _counts(plain: str) -> bool:
    """Whether most characters are the neighbour of the one before: 1234…, abcd…, and the same backwards."""
    steps = [abs(ord(after) - ord(before)) == 1 for before, after in itertools.pairwise(plain)]
    return sum(steps) > len(steps) * 3 // 4


def _parts(words: str) -> list[str]:
    lowered = words.lower()
    for mark in "@.-_+'’":
        lowered = lowered.replace(mark, " ")
    return [*lowered.split(), "".join(words.lower().split())]
