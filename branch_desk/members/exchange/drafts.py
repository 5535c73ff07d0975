"""E-mail drafts to many people who do not see one another: files that a mail program opens."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formataddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_HIDDEN = 90
"""Mail providers refuse a message to more people; a draft holds no more."""


def batches(addresses: Sequence[str], most: int = MOST_HIDDEN) -> list[tuple[str, ...]]:
    """Return the addresses in batches, each address once whatever its capitals, in their order."""
    first: dict[str, str] = {}
    for address in addresses:
        first.setdefault(address.strip().casefold(), address.strip())
    once = list(first.values())
    return [tuple(once[start : start + most]) for start in range(0, len(once), most)]


def drafts(
    subject: str,
    text: str,
    addresses: Sequence[str],
    *,
    sender: tuple[str, str] = ("", ""),
    attachment: tuple[str, bytes] | None = None,
) -> list[bytes]:
    """Return a draft for each batch of addresses, all of them as blind copies.

    `sender` is the branch's name and address, to whom each message is openly sent; `attachment` is
    a PDF's name and bytes. The files say that they are unsent (`X-Unsent`), so that a mail program
    opens them to be sent.
    """
    return [_draft(subject, text, each, sender, attachment) for each in batches(addresses)]


def _draft(
    subject: str,
    text: str,
    hidden: Sequence[str],
    sender: tuple[str, str],
    attachment: tuple[str, bytes] | None,
) -> bytes:
    plain = all(address.isascii() for address in (*hidden, sender[1]))
    mail = EmailMessage(policy=SMTP if plain else SMTPUTF8)
    if sender[1]:
        mail["From"] = mail["To"] = formataddr((" ".join(sender[0].split()), sender[1]))
    mail["Bcc"] = ", ".join(hidden)
    mail["Subject"] = " ".join(subject.split())
    mail["X-Unsent"] = "1"
    mail.set_content(text)
    if attachment is not None:
        name, data = attachment
        mail.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()
