"""The desk's words in the user's language, through Qt's translation system.

The words in the code are British English and are the keys of every translation; a language is
added by a file in `resources/translations/` (see CONTRIBUTING).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "desk"


def tr(text: str, /, **values: object) -> str:
    """Return a text in the user's language, with `{name}` filled from `values`.

    `text` is written out where it is called, so that it can be collected for translators.
    """
    words = QCoreApplication.translate(CONTEXT, text)
    return words.format(**values) if values else words


def mark(text: str) -> str:
    """Return a text as it is, collected for translators; for constants, which `tr` reads later."""
    return text


def plural(number: int, one: str, many: str, **values: object) -> str:
    """Return the form a number asks for: "{n} letter" or "{n} letters", `{n}` written "1,204".

    A translation gives as many forms as its language has.
    """
    words = QCoreApplication.translate(CONTEXT, many, "", number)
    if words == many and number == 1:
        words = one
    return words.format(n=f"{number:,}", **values)
