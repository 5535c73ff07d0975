"""Which language the desk speaks: the system's or a chosen one, where there is a file for it.

The words in the code are British English. A language is one file, `resources/translations/xx.qm`,
named by its code ("cy", "gd"); it is added without touching the code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTranslator

from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtCore import QCoreApplication

ENGLISH = "en"
SYSTEM = "system"
FOLDER = "translations"


def folder() -> Path | None:
    """Return where the languages lie; None where only English is there."""
    try:
        return resource(FOLDER)
    except FileNotFoundError:
        return None


def available(place: Path | None = None) -> Mapping[str, str]:
    """Return every language by its code with its own name for itself, English first."""
    place = place or folder()
    codes = sorted(path.stem for path in place.glob("*.qm")) if place is not None else []
    return {ENGLISH: "English"} | {code: _own_name(code) for code in codes}


def _own_name(code: str) -> str:
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:] or code


def install(app: QCoreApplication, choice: str = SYSTEM, place: Path | None = None) -> str:
    """Speak the chosen language, or the first of the system's that is there; returns its code.

    What is not translated stays British English.
    """
    place = place or folder()
    if place is None:
        return ENGLISH
    wanted = [choice] if choice != SYSTEM else QLocale.system().uiLanguages()
    for name in wanted:
        code = name.replace("-", "_")
        short = code.split("_", maxsplit=1)[0]
        if short == ENGLISH:
            return ENGLISH
        translator = QTranslator(app)
        if translator.load(str(place / f"{code}.qm")) or translator.load(
            str(place / f"{short}.qm")
        ):
            app.installTranslator(translator)
            return short
    return ENGLISH
