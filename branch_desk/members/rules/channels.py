"""By which way somebody can be sent something, from what they agreed to and what we have of them.

What somebody refused is never used. E-mail is used where they agreed to it; a letter where there is
an address, for a letter from one's own branch needs no leave.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

ATOM = r"[^\s@,;:<>()\[\]\\\".]+"
ADDRESS = re.compile(rf"{ATOM}(\.{ATOM})*@{ATOM}(\.{ATOM})+")


class Way(Enum):
    """How something reaches somebody."""

    EMAIL = "email"
    POST = "post"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of how to reach somebody; a consent is None where they were never asked."""

    email: str = ""
    address: str = ""
    email_agreed: bool | None = None
    post_agreed: bool | None = None


def way(reach: Reach, *, unasked: bool = False) -> tuple[Way, str]:
    """Return by which way somebody is sent something and, where by none, why not.

    `unasked` lets those who were never asked about e-mail have one, before they have a letter.
    """
    written = bool(ADDRESS.fullmatch(reach.email.strip()))
    wants_email = reach.email_agreed is True or (unasked and reach.email_agreed is None)
    if written and wants_email:
        return Way.EMAIL, ""
    posted = bool(reach.address.strip())
    if posted and reach.post_agreed is not False:
        return Way.POST, ""
    return Way.NONE, _why_not(reach, written=written, posted=posted)


def _why_not(reach: Reach, *, written: bool, posted: bool) -> str:
    """Say as one sentence why neither e-mail nor a letter can go out."""
    if reach.email.strip() and not written:
        email = "the e-mail address cannot be right"
    elif not written:
        email = "no e-mail address"
    elif reach.email_agreed is False:
        email = "does not want e-mail"
    else:
        email = "was never asked about e-mail"
    post = "does not want letters" if posted else "no postal address"
    said = f"{email}, {post}"
    return f"{said[:1].upper()}{said[1:]}."
