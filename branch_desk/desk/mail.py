"""E-mail drafts: a message with a paper attached, for the system's mail program to send."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from branch_desk.desk import files
from branch_desk.store.errors import Invalid, of_system

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

FOLDER = "mail"
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A message nobody has sent yet.

    Addresses are "sam@example.org" or "Sam Byrne <sam@example.org>"; those in `bcc` do not see one
    another. With `attach` the paper goes with it.
    """

    to: tuple[str, ...]
    subject: str
    text: str
    attach: bool = True
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()


def message(draft: Draft, name: str = "", pdf: bytes | None = None) -> bytes:
    """Return a draft as the bytes of an `.eml` that mail programs open to be sent.

    `pdf` is attached under `name`. Line ends in a header become spaces; raises `Invalid` for an
    address that cannot be one.
    """
    people = {"To": draft.to, "Cc": draft.cc, "Bcc": draft.bcc}
    read = {header: [_address(each) for each in lines] for header, lines in people.items()}
    plain = all(each.addr_spec.isascii() for line in read.values() for each in line)
    mail = EmailMessage(policy=SMTP if plain else SMTPUTF8)
    for header, addresses in read.items():
        if addresses:
            mail[header] = addresses
    mail["Subject"] = _one_line(draft.subject)[:LONGEST_SUBJECT]
    mail["X-Unsent"] = "1"
    mail.set_content(_UNFIT.sub("", draft.text))
    if draft.attach and pdf is not None:
        file = _one_line(name) or "paper.pdf"
        mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=file)
    return mail.as_bytes()


_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


_SPEC = re.compile(r"""([^\s@,;:<>()"\[\]\\]+)@([^\s@,;:<>()"\\]+)""")


def _one_line(text: str) -> str:
    return " ".join(_UNFIT.sub("", text).split())


def _address(line: str) -> Address:
    """Read one address with or without a name; a name may hold commas and quotation marks."""
    line = _one_line(line)
    found = re.fullmatch(r'"?(.*?)"?\s*<([^<>]*)>', line)
    name, spec = (found[1], found[2].strip()) if found else ("", line)
    parts = _SPEC.fullmatch(spec)
    if parts is None:
        raise Invalid(f"“{line}” is not an e-mail address a draft can go to.")
    return Address(name.replace("\\", ""), username=parts[1], domain=parts[2])


class Drafts:
    """The drafts handed to the mail program, in a folder of this user's alone.

    The folder is gone when the branch is locked or closed, which ends `owner`, or with the program.
    """

    def __init__(self, owner: QObject) -> None:
        self._folder = files.folder_apart(FOLDER, owner)
        self._count = 0

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return Path(self._folder.name)

    def write(self, data: bytes) -> Path:
        """Write one where nobody else can read it; raises a `FileError`."""
        self._count += 1
        path = self.folder / f"draft-{self._count}.eml"
        try:
            with os.fdopen(
                os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as file:
                file.write(data)
        except OSError as error:
            raise of_system(error, path) from error
        return path


def hand_over(path: Path) -> bool:
    """Open a draft in the system's mail program; whether the system took it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def drafts_of(owner: QObject) -> Drafts:
    """Return the drafts that end with a branch's session, one folder for all of them."""
    found = owner.property("drafts")
    if not isinstance(found, Drafts):
        found = Drafts(owner)
        owner.setProperty("drafts", found)
    return found
