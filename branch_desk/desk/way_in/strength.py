"""How hard a passphrase is to guess, in words; and one made of words drawn by lot.

The word, the bar and the sentence say the same: how long somebody who stole the file would need.
Guesses are counted by `zxcvbn`, which knows common passwords, names, dates and keyboard rows. It
loads word lists of its own, so it is only called off the main thread. Knows no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from branch_desk.desk.tr import mark, tr
from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

LEAST = 8
LOOKED_AT = 72  # zxcvbn reads no further; what is longer is strong by then
DRAWN = 5  # words of 7,776: 64 bits
# A thief with the file, a rack of graphics cards, and 256,000 rounds for each guess.
GUESSES_A_SECOND = 100_000

WORDS = (
    mark("Very weak"),
    mark("Weak"),
    mark("Fair"),
    mark("Good"),
    mark("Strong"),
)
WHY = {
    "passwords": mark("It is, or holds, one of the passwords everybody tries first."),
    "names": mark("It is made of a name."),
    "user_inputs": mark("It holds the name of the branch, which anybody would try."),
    "words": mark("It is made of one or two common words."),
    "date": mark("It holds a date."),
    "spatial": mark("It follows the keys of the keyboard."),
    "repeat": mark("It repeats itself."),
    "sequence": mark("It is a sequence such as abc or 6543."),
    "short": mark("It is short."),
}
DAY = 86_400.0
# Under so many seconds: the score, and how long that is.
TIMES = (
    (60.0, 0, mark("within a minute")),
    (3600.0, 1, mark("within an hour")),
    (DAY, 1, mark("within a day")),
    (30 * DAY, 1, mark("within a month")),
    (365 * DAY, 2, mark("within a year")),
    (100 * 365 * DAY, 3, mark("only after many years")),
)
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Strength:
    """A judgement from 0 (very weak) to 4 (strong): one word, and a sentence or two why.

    All three follow from how long it would take to guess.
    """

    score: int
    word: str
    why: str


def judge(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """Judge a passphrase; `known` are words that anybody would try, such as the branch's name."""
    from zxcvbn import zxcvbn

    found = zxcvbn(passphrase[:LOOKED_AT], user_inputs=[each for each in known if each])
    score, how_long = _scale(float(found["guesses"]) / GUESSES_A_SECOND)
    parts = []
    if score < ENOUGH:
        parts.append(tr(WHY[_weakness(found["sequence"])]))
    parts.append(how_long)
    if score < ENOUGH:
        parts.append(tr("Add a word or two that have nothing to do with it."))
    return Strength(score, tr(WORDS[score]), " ".join(parts))


def _scale(seconds: float) -> tuple[int, str]:
    """Return the score of what takes so long to guess, and the sentence that says how long."""
    for most, score, word in TIMES:
        if seconds < most:
            return score, tr("Whoever steals the file could guess it {when}.", when=tr(word))
    return len(WORDS) - 1, tr("Whoever steals the file could not guess it in a lifetime.")


def _weakness(sequence: Sequence[Mapping[str, object]]) -> str:
    """Return what makes it weak: what the longest part of it that can be guessed is."""
    parts = [each for each in sequence if each["pattern"] != "bruteforce"]
    if not parts:
        return "short"
    longest = max(parts, key=lambda each: len(str(each["token"])))
    pattern = str(longest["pattern"])
    if pattern != "dictionary":
        return pattern if pattern in WHY else "short"
    source = str(longest["dictionary_name"])
    if source in WHY:
        return source
    return "names" if "names" in source else "words"


@cache
def words() -> tuple[str, ...]:
    """Return the words a passphrase is drawn from: 7,776 that are easy to read and to type."""
    text = (resource("words") / "eff-long.txt").read_text("utf-8")
    return tuple(text.split())


def drawn(random: Random) -> str:
    """Draw a passphrase of five words; `random` is the system's own source of chance."""
    return " ".join(random.choice(words()) for _ in range(DRAWN))
