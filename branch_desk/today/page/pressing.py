"""The one primary action of the morning: what is most pressing, in words, and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.desk.session import Place
from branch_desk.desk.tr import mark
from branch_desk.today.rules import Morning, Pressing, most_pressing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from branch_desk.today.records import Today

WORDS: Mapping[Pressing, tuple[str, str]] = {
    Pressing.BEGIN: (mark("Bring in HQ's list…"), "upload"),
    Pressing.TODAY: (mark("Sign people in"), "users"),
    Pressing.NOTICE: (mark("Send the notice…"), "mail"),
    Pressing.CHASE: (mark("Chase the oldest letter"), "mail"),
    Pressing.CONFIRM: (mark("See resignations HQ has not recorded"), "users"),
    Pressing.ANSWER: (mark("Answer the oldest letter"), "mail"),
    Pressing.RULE: (mark("Rule on the oldest motion"), "scroll-text"),
    Pressing.WELCOME: (mark("Welcome the new members"), "user-plus"),
    Pressing.CALL: (mark("Call a meeting…"), "calendar-plus"),
    Pressing.PREPARE: (mark("Open the next meeting"), "calendar-days"),
}


def pressing(today: Today) -> tuple[Pressing, Place]:
    """Return what comes first, and where it is done."""
    counts = {each.reason: each.count for each in today.attention}
    meeting = today.meeting
    due = meeting.notice_due if meeting else None
    found = most_pressing(
        Morning(
            begun=any(each.done for each in today.steps),
            meeting_in=meeting.days if meeting else None,
            notice_in=(due - today.on).days if due else None,
            to_chase=len(today.to_chase),
            unconfirmed=counts.get("resignation-said", 0),
            owing=len(today.owing),
            to_rule=len(today.to_rule),
            to_welcome=counts.get("joined", 0),
        )
    )
    return found, _place(found, today)


def _place(found: Pressing, today: Today) -> Place:
    here = today.meeting.id if today.meeting else 0
    chased = today.to_chase[0].thread if today.to_chase else 0
    places = {
        Pressing.BEGIN: Place("Members"),
        Pressing.TODAY: Place("Meetings", here, "sign-in"),
        Pressing.NOTICE: Place("Meetings", here, "send"),
        Pressing.CHASE: Place("Letters", chased),
        Pressing.CONFIRM: Place("Members", 0, "said"),
        Pressing.ANSWER: Place("Letters", today.owing[0].thread if today.owing else 0),
        Pressing.RULE: Place("Motions", today.to_rule[0].id if today.to_rule else 0),
        Pressing.WELCOME: Place("Members", 0, "joined"),
        Pressing.CALL: Place("Meetings", 0, "call"),
        Pressing.PREPARE: Place("Meetings", here),
    }
    return places[found]
