"""Fields of one line that read what is typed and write it tidily: money, telephone, post."""

from __future__ import annotations

import importlib
import re
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt

from branch_desk.desk import words
from branch_desk.desk.forms.plain import Line
from branch_desk.desk.tr import tr
from branch_desk.store.errors import DeskError, Invalid

if TYPE_CHECKING:
    from branch_desk.desk.forms.field import Storing

AMOUNT = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?")
PENCE = re.compile(r"(\d{1,4})\s*p", re.IGNORECASE)
PLAIN_EMAIL = re.compile(
    r"(?=[^@]{1,64}@)[a-z0-9_+'-]+(\.[a-z0-9_+'-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}",
    re.IGNORECASE,
)
# An area and district, then one figure and two letters; "GIR 0AA" and "ASCN 1ZZ" are real.
POSTCODE = re.compile(
    r"([A-Z]{1,2}\d[A-Z\d]?|GIR|[A-Z]{4})\s*(\d[ABD-HJLNP-UW-Z]{2})", re.IGNORECASE
)


def warm(module: str) -> None:
    """Load a heavy module beside the main thread, so that it is there when it is wanted."""
    threading.Thread(target=importlib.import_module, args=(module,), daemon=True).start()


class TidyLine(Line):
    """One line that is written tidily once it is left; `read` may refuse it."""

    heavy = ""

    def __init__(self, name: str, store: Storing | None = None, *, hint: str = "") -> None:
        super().__init__(name, store, hint=hint)
        self._warmed = not self.heavy
        if self.heavy:
            self.edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's: load what reads the line while it is being typed."""
        if event.type() == QEvent.Type.FocusIn and not self._warmed:
            self._warmed = True
            warm(self.heavy)
        return super().eventFilter(watched, event)

    def tidied(self, typed: str) -> str:
        """Return a line as it is stored; raises `DeskError` where it cannot be read."""
        return typed.strip()

    def read(self) -> str:
        """Return what would be stored; raises `DeskError` where that cannot be read."""
        return self.tidied(self.edit.text())

    def text(self) -> str:
        """Return the line as it would be stored, or as it stands where it cannot be read."""
        try:
            return self.read()
        except DeskError:
            return self.edit.text()

    def _write(self, text: str) -> None:
        with suppress(DeskError):  # what is recorded and cannot be read is shown as it is
            text = self.tidied(text)
        super()._write(text)

    def _tidy(self, text: str) -> None:
        if self.edit.text() != text:
            super()._write(text)


class MoneyField(TidyLine):
    """An amount of money: "12", "£12.50", "1,200" and "50p" are read; `pence()` tells it."""

    def __init__(self, name: str, store: Storing | None = None, hint: str = "") -> None:
        super().__init__(name, store, hint=hint)
        self.edit.setPlaceholderText("£0.00")

    def tidied(self, typed: str) -> str:
        """Return "£1,200.00"; raises `Invalid` for what is no amount."""
        text = typed.strip()
        return words.pounds(_pence(text)) or "£0.00" if text else ""

    def pence(self) -> int:
        """Return the amount; nothing is 0. Raises `Invalid` for what is no amount."""
        return _pence(self.edit.text().strip())


def _pence(text: str) -> int:
    if not text:
        return 0
    if found := PENCE.fullmatch(text):
        return int(found[1])
    if not (found := AMOUNT.fullmatch(text)):
        raise Invalid(
            tr("“{text}” is not an amount. Write it in pounds, like 12 or 12.50.", text=text)
        )
    return words.read_pence(found[0].replace("£", "").strip())


class PhoneField(TidyLine):
    """A telephone number, written as people write it; what looks wrong is kept with a warning."""

    heavy = "phonenumbers"

    def __init__(self, name: str, store: Storing | None = None, hint: str = "") -> None:
        super().__init__(name, store, hint=hint)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self._last = ("", "", "")

    def tidied(self, typed: str) -> str:
        """Return "07700 900123", or what was typed where it is no telephone number."""
        return self._looked_at(typed)[1]

    def odd(self, text: str) -> str:
        """Return what is odd about a number that is kept all the same, or nothing."""
        return self._looked_at(text)[2]

    def _write(self, text: str) -> None:
        self.edit.setText(text)  # loads nothing heavy: many are shown and few are typed
        self.edit.setCursorPosition(0)

    def text(self) -> str:
        """Return the number as it stands; it is put in order when it is left."""
        return self.edit.text().strip()

    def _looked_at(self, typed: str) -> tuple[str, str, str]:
        typed = typed.strip()
        if typed != self._last[0]:
            self._last = (typed, *_phone(typed))
        return self._last


def _phone(text: str) -> tuple[str, str]:
    import phonenumbers

    if not text:
        return "", ""
    doubt = tr("This does not look like a telephone number.")
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return text, doubt
    # The numbers kept free for plays and examples are possible, and valid nowhere.
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return text, doubt
    form = phonenumbers.PhoneNumberFormat
    style = form.NATIONAL if number.country_code == 44 else form.INTERNATIONAL
    return phonenumbers.format_number(number, style), ""


class EmailField(TidyLine):
    """An e-mail address; what looks wrong is kept with a warning. No network is asked."""

    heavy = "email_validator"

    def __init__(self, name: str, store: Storing | None = None, hint: str = "") -> None:
        super().__init__(name, store, hint=hint)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhEmailCharactersOnly)

    def tidied(self, typed: str) -> str:
        """Return the address without what mail programs put round it."""
        return typed.strip().removeprefix("mailto:").strip("<>;, ")

    def odd(self, text: str) -> str:
        """Return what is odd about an address that is kept all the same, or nothing."""
        if not text or PLAIN_EMAIL.fullmatch(text):
            return ""
        from email_validator import EmailNotValidError, validate_email

        try:
            validate_email(text, check_deliverability=False)
        except EmailNotValidError:
            return tr("This does not look like an e-mail address, such as sam@example.org.")
        return ""


class PostcodeField(TidyLine):
    """A British postcode in capitals with its space; anything else is kept with a warning."""

    def tidied(self, typed: str) -> str:
        """Return "SW1A 1AA", or what was typed where it has no such shape."""
        text = " ".join(typed.split())
        found = POSTCODE.fullmatch(text)
        return f"{found[1]} {found[2]}".upper() if found else text

    def odd(self, text: str) -> str:
        """Return what is odd about a postcode that is kept all the same, or nothing."""
        if not text or POSTCODE.fullmatch(text):
            return ""
        return tr("This is not a British postcode, such as LS1 4DY.")
