"""How the members' terms read on the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from branch_desk.desk import words as desk_words
from branch_desk.members.rules import EventKind, Standing

if TYPE_CHECKING:
    from branch_desk.members.records import Member

STANDINGS = {
    Standing.APPLICANT: "Applicant",
    Standing.PROBATION: "On probation",
    Standing.MEMBER: "Member",
    Standing.SUSPENDED: "Suspended",
    Standing.RESIGNED: "Resigned",
    Standing.LAPSED: "Lapsed",
    Standing.TRANSFERRED: "Transferred",
    Standing.EXPELLED: "Expelled",
    Standing.DIED: "Died",
}

EVENTS = {
    EventKind.RESIGNATION_SAID: "Said they resign",
    EventKind.RESIGNATION_RECORDED: "Resignation recorded by HQ",
    EventKind.RESIGNATION_WITHDRAWN: "Withdrew the resignation",
    EventKind.PAYMENT_STOPPED: "Stopped paying",
    EventKind.PAYMENT_RESUMED: "Pays again",
    EventKind.JOINED: "Joined",
    EventKind.APPLIED: "Applied to join",
    EventKind.PROBATION_STARTED: "Probation started",
    EventKind.ADMITTED: "Admitted as a member",
    EventKind.LAPSED: "Lapsed",
    EventKind.REJOINED: "Joined again",
    EventKind.TRANSFERRED_IN: "Transferred in",
    EventKind.TRANSFERRED_OUT: "Transferred out",
    EventKind.SUSPENDED: "Suspended",
    EventKind.REINSTATED: "Reinstated",
    EventKind.EXPELLED: "Expelled",
    EventKind.VANISHED: "No longer on HQ's list",
    EventKind.RETURNED: "Back on HQ's list",
    EventKind.DIED: "Died",
}


FIELDS = {
    "title": "Title",
    "forename": "Forename",
    "surname": "Surname",
    "known_as": "Known as",
    "email": "E-mail",
    "mobile": "Mobile",
    "phone": "Telephone",
    "postcode": "Postcode",
    "address": "Address",
    "number": "HQ's number",
    "type": "Kind of membership",
    "joined_on": "Joined on",
    "born_on": "Born on",
    "payment": "Payment",
    "pays_by": "Pays by",
    "arrears_pence": "Arrears",
    "arrears_since": "In arrears since",
    "ward": "Ward",
    "polling_district": "Polling district",
    "pronouns": "Pronouns",
    "access_needs": "Access needs",
    "skills": "Skills",
    "offers": "Offers to help with",
    "notes": "Notes",
    "standing": "Standing",
    "vanished": "Missing from HQ's list",
    "consent_email": "May be reached by e-mail",
    "consent_phone": "May be reached by telephone",
    "consent_text": "May be reached by text message",
    "consent_post": "May be reached by post",
}
DAYS = frozenset({"joined_on", "born_on", "arrears_since"})


def event(kind: EventKind) -> str:
    """Name an event for people."""
    return EVENTS.get(kind, kind.value.replace("-", " ").capitalize())


def flags(member: Member) -> list[str]:
    """Name what needs attention beside a member's standing."""
    found = []
    if member.resignation_said:
        found.append("said they resign")
    if member.payment_stopped:
        found.append("stopped paying")
    if member.vanished:
        found.append("not on HQ's list")
    return found


def standing_first(member: Member) -> str:
    """Write what needs attention first, for a column: "Stopped paying · probation"."""
    marked = flags(member) if member.current else []
    if not marked:
        return STANDINGS[member.standing]
    rest = [] if member.standing is Standing.MEMBER else [STANDINGS[member.standing]]
    return sentence(" · ".join([*marked, *(each.lower() for each in rest)]))


def sentence(text: str) -> str:
    """Begin with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def change(field: str, before: str, after: str) -> str:
    """Write one change of HQ's list: "Polling district: TA (was empty)"."""
    name = FIELDS.get(field, sentence(field.replace("_", " ")))
    return f"{name}: {value(field, after) or 'empty'} (was {value(field, before) or 'empty'})"


def value(field: str, text: str) -> str:
    """Write a field's value as it is read elsewhere on the desk."""
    if field in DAYS and text:
        return desk_words.short_day(date.fromisoformat(text))
    if field == "arrears_pence" and text:
        return f"£{text}"
    if field == "standing" and text:
        return STANDINGS[Standing(text)].lower()
    return text


def standing(member: Member) -> str:
    """Write the standing with its flags: "Member · stopped paying"."""
    return " · ".join([STANDINGS[member.standing], *flags(member)])
