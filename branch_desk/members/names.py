"""Names as people write them, brought down to what two spellings of one name share."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a plain letter and a mark.
LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ı": "i",  # noqa: RUF001 - the Turkish letter
        "ħ": "h",
    }
)
APOSTROPHES = re.compile(r"['’‘ʼʻ`´]")  # noqa: RUF001 - the marks people type for one
BETWEEN = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Return text in small letters, its words one space apart, without accents or punctuation."""
    if text.isascii():
        plain = text.lower()
    else:
        apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
        plain = "".join(each for each in apart if not unicodedata.combining(each))
    if plain.isalpha():
        return plain
    return " ".join(BETWEEN.sub(" ", APOSTROPHES.sub("", plain)).split())
