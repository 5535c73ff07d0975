"""How the members' terms read on the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from branch_desk.desk import words as desk_words
from branch_desk.desk.tr import mark, tr
from branch_desk.members.records import Payment
from branch_desk.members.rules import EventKind, Standing

if TYPE_CHECKING:
    from branch_desk.members.records import Member

STANDINGS = {
    Standing.APPLICANT: mark("Applicant"),
    Standing.PROBATION: mark("On probation"),
    Standing.MEMBER: mark("Member"),
    Standing.SUSPENDED: mark("Suspended"),
    Standing.RESIGNED: mark("Resigned"),
    Standing.LAPSED: mark("Lapsed"),
    Standing.TRANSFERRED: mark("Transferred"),
    Standing.EXPELLED: mark("Expelled"),
    Standing.DIED: mark("Died"),
}

EVENTS = {
    EventKind.RESIGNATION_SAID: mark("Said they resign"),
    EventKind.RESIGNATION_RECORDED: mark("Resignation recorded by HQ"),
    EventKind.RESIGNATION_WITHDRAWN: mark("Withdrew the resignation"),
    EventKind.PAYMENT_STOPPED: mark("Stopped paying"),
    EventKind.PAYMENT_RESUMED: mark("Pays again"),
    EventKind.JOINED: mark("Joined"),
    EventKind.APPLIED: mark("Applied to join"),
    EventKind.PROBATION_STARTED: mark("Probation started"),
    EventKind.ADMITTED: mark("Admitted as a member"),
    EventKind.LAPSED: mark("Lapsed"),
    EventKind.REJOINED: mark("Joined again"),
    EventKind.TRANSFERRED_IN: mark("Transferred in"),
    EventKind.TRANSFERRED_OUT: mark("Transferred out"),
    EventKind.SUSPENDED: mark("Suspended"),
    EventKind.REINSTATED: mark("Reinstated"),
    EventKind.EXPELLED: mark("Expelled"),
    EventKind.VANISHED: mark("No longer on HQ's list"),
    EventKind.RETURNED: mark("Back on HQ's list"),
    EventKind.DIED: mark("Died"),
    EventKind.STRUCK_OUT: mark("Struck out"),
}


FIELDS = {
    "title": mark("Title"),
    "forename": mark("Forename"),
    "surname": mark("Surname"),
    "known_as": mark("Known as"),
    "email": mark("E-mail"),
    "mobile": mark("Mobile"),
    "phone": mark("Telephone"),
    "postcode": mark("Postcode"),
    "address": mark("Address"),
    "number": mark("HQ's number"),
    "type": mark("Kind of membership"),
    "joined_on": mark("Joined on"),
    "born_on": mark("Born on"),
    "payment": mark("Payment"),
    "pays_by": mark("Pays by"),
    "arrears_pence": mark("Arrears"),
    "arrears_since": mark("In arrears since"),
    "ward": mark("Ward"),
    "polling_district": mark("Polling district"),
    "pronouns": mark("Pronouns"),
    "access_needs": mark("Access needs"),
    "skills": mark("Skills"),
    "offers": mark("Offers to help with"),
    "notes": mark("Notes"),
    "standing": mark("Standing"),
    "vanished": mark("Missing from HQ's list"),
    "consent_email": mark("May be reached by e-mail"),
    "consent_phone": mark("May be reached by telephone"),
    "consent_text": mark("May be reached by text message"),
    "consent_post": mark("May be reached by post"),
}
COLUMNS = {
    "name": mark("Full name"),
    "address_1": mark("Address, line 1"),
    "address_2": mark("Address, line 2"),
    "address_3": mark("Address, line 3"),
    "address_4": mark("Address, line 4"),
    "address_5": mark("Town"),
    "address_6": mark("County"),
    "status": mark("Standing by HQ"),
    "left_on": mark("Left on"),
    "left_reason": mark("Why they left"),
    "extra": mark("Other things kept"),
    "ignore": mark("Leave this column out"),
}
"""What only a column of HQ's list can mean."""
PAYMENTS = {
    Payment.UNKNOWN: mark("Not known"),
    Payment.PAID: mark("Paid"),
    Payment.DUE: mark("Due"),
    Payment.ARREARS: mark("In arrears"),
    Payment.STOPPED: mark("Stopped"),
    Payment.EXEMPT: mark("Exempt"),
}
DAYS = frozenset({"joined_on", "born_on", "arrears_since"})


def event(kind: EventKind) -> str:
    """Name an event for people."""
    return tr(EVENTS[kind])


def event_on(kind: EventKind, on: date, note: str = "") -> str:
    """Name an event with its day, and its note where there is one."""
    when = "" if on == date.min else f", {desk_words.short_day(on)}"
    return f"{event(kind)}{when}" + (f" ({note})" if note else "")


def field(name: str) -> str:
    """Name a field for people; what HQ sends beside our fields is named as HQ names it."""
    return tr(FIELDS[name]) if name in FIELDS else sentence(name.replace("_", " "))


def column_field(name: str) -> str:
    """Name what a column of HQ's list can mean."""
    return tr(COLUMNS[name]) if name in COLUMNS else field(name)


def payment(state: Payment) -> str:
    """Name a state of payment for people."""
    return tr(PAYMENTS[state])


def flags(member: Member) -> list[str]:
    """Name what needs attention beside a member's standing."""
    found = []
    if member.resignation_said:
        found.append(tr("said they resign"))
    if member.payment_stopped:
        found.append(tr("stopped paying"))
    if member.vanished:
        found.append(tr("not on HQ's list"))
    return found


def standing_first(member: Member) -> str:
    """Write what needs attention first, for a column: "Stopped paying · probation"."""
    marked = flags(member) if member.current else []
    if not marked:
        return tr(STANDINGS[member.standing])
    rest = [] if member.standing is Standing.MEMBER else [tr(STANDINGS[member.standing])]
    return sentence(" · ".join([*marked, *(each.lower() for each in rest)]))


def sentence(text: str) -> str:
    """Begin with a capital and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def change(name: str, before: str, after: str) -> str:
    """Write one change of HQ's list: "Polling district: TA (was empty)"."""
    return tr(
        "{field}: {after} (was {before})",
        field=field(name),
        after=value(name, after) or tr("empty"),
        before=value(name, before) or tr("empty"),
    )


def value(name: str, text: str) -> str:
    """Write a field's value as it is read elsewhere on the desk."""
    if not text:
        return ""
    if name in DAYS:
        return desk_words.short_day(date.fromisoformat(text))
    if name == "arrears_pence":
        return f"£{text}"
    if name in {"standing", "vanished"} or name.startswith("consent_"):
        return _of_standing(text)
    if name == "payment":
        return payment(Payment(text)) if text in {each.value for each in Payment} else text
    return text


def _of_standing(text: str) -> str:
    if text in {"yes", "no"}:
        return tr("yes") if text == "yes" else tr("no")
    if text in {each.value for each in Standing}:
        return tr(STANDINGS[Standing(text)]).lower()
    return event(EventKind(text)).lower()


def standing(member: Member) -> str:
    """Write the standing with its flags: "Member · stopped paying"."""
    return " · ".join([tr(STANDINGS[member.standing]), *flags(member)])
