"""What each standing order does: a sentence for people, with an example worked out.

A rule that is not set says what is left open by that; the desk never guesses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from branch_desk.branch.rules.settings import (
    Setting,
    SettingKind,
    Value,
    in_words,
    quorum_needed,
    threshold,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEPT = "It stands on the sheet of standing orders; applying it is for the meeting."


@dataclass(frozen=True, slots=True)
class Example:
    """What the sentences are worked out on: today, a meeting to come, and a branch of a size."""

    today: date
    members: int = 200
    voting: int = 30

    @property
    def meeting(self) -> date:
        """A meeting four weeks from today."""
        return self.today + timedelta(weeks=4)


def does(setting: Setting, value: Value | None, example: Example) -> str:
    """Return what the desk does with a rule as it stands; None is "not set"."""
    if value is None:
        return _UNSET.get(setting.key, "Where it matters the desk says that it is not set.")
    if setting.kind is SettingKind.CHOICE:
        return _CHOICES[setting.key][str(value)]
    return _SENTENCES[setting.key](value, in_words(setting, value), example)


def _day(when: date) -> str:
    return f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"


def _before(what: str) -> Callable[[Value, str, Example], str]:
    def say(value: Value, words: str, example: Example) -> str:
        on = example.meeting
        last = on - timedelta(days=int(value))
        return f"{what} {words} before it. For a meeting on {_day(on)} that is {_day(last)}."

    return say


def _motions_close(value: Value, words: str, example: Example) -> str:
    on = example.meeting
    last = on - timedelta(days=int(value))
    return (
        f"A motion must reach you {words} before the meeting. For a meeting on {_day(on)} that is "
        f"{_day(last)}; a later one is shown as out of order."
    )


def _members(what: str) -> Callable[[Value, str, Example], str]:
    def say(value: Value, words: str, example: Example) -> str:
        needed = quorum_needed(str(value), example.members)
        return f"{what} {words}. Of {example.members} members that is {needed}."

    return say


def _carries(what: str) -> Callable[[Value, str, Example], str]:
    def say(value: Value, words: str, example: Example) -> str:
        needed = threshold(str(value)).needed(example.voting)
        return f"{what} carries with {words}: of {example.voting} counted, {needed}."

    return say


def _months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _freeze(value: Value, words: str, example: Example) -> str:
    on = example.meeting
    return (
        f"Whoever has been a member for {words} may vote. At a meeting on {_day(on)} those who "
        f"joined by {_day(_months_before(on, int(value)))}. {_KEPT}"
    )


def _chase(value: Value, words: str, example: Example) -> str:
    due = example.today + timedelta(days=int(value))
    return (
        f"A letter without an answer is shown as one to chase after {words}. For one sent today, "
        f"{_day(example.today)}, that is {_day(due)}. An automatic reply does not stop the clock."
    )


_SENTENCES: dict[str, Callable[[Value, str, Example], str]] = {
    "meeting.notice_days": _before("The notice of an ordinary meeting must go out"),
    "meeting.annual_notice_days": _before("The notice of the annual meeting must go out"),
    "meeting.special_notice_days": _before("The notice of a special meeting must go out"),
    "meeting.special_call": _members("A special meeting is called if asked for by"),
    "meeting.closing_time": lambda _, words, __: (
        f"The agenda and the order paper say that the meeting closes at {words}; laying out the "
        "agenda shows when its items run past it."
    ),
    "meeting.not_quorate_minutes": lambda _, words, __: (
        f"A meeting without a quorum waits {words} after its start. {_KEPT}"
    ),
    "quorum.rule": _members("A meeting can decide when those present are"),
    "motion.deadline_days": _motions_close,
    "motion.word_limit": lambda _, words, __: (
        f"A motion of more than {words} words is shown as out of order, with its count."
    ),
    "chair.challenge_members": lambda _, words, __: (
        f"A challenge to the chair's ruling needs {words} members behind it. {_KEPT}"
    ),
    "chair.challenge_threshold": _carries("A challenge to the chair's ruling"),
    "no_confidence.threshold": _carries("A motion of no confidence"),
    "vote.freeze_months": _freeze,
    "vote.arrears_months": lambda _, words, __: (
        f"A member who owes for {words} or more may not vote, and a motion moved by one is pointed "
        "out."
    ),
    "vote.arrears_cure_days": lambda _, words, __: (
        f"Who owes can still pay until {words} before the vote. {_KEPT}"
    ),
    "vote.classes": lambda _, words, __: f"These may vote: {words}. {_KEPT}",
    "joining.probation_months": lambda value, words, example: (
        f"A new member is on probation for {words}: whoever joins today until "
        f"{_day(_months_before(example.today, -int(value)))}. {_KEPT}"
    ),
    "joining.objection_days": lambda _, words, __: (
        f"Members have {words} to object to an application. {_KEPT}"
    ),
    "joining.minimum_age": lambda _, words, __: f"Nobody under {words} can join. {_KEPT}",
    "letters.chase_days": _chase,
}


_CHOICES: dict[str, dict[str, str]] = {
    "meeting.overrun": {
        "vote": f"Going on past the closing time needs a vote. {_KEPT}",
        "chair": f"The chair decides whether to go on past the closing time. {_KEPT}",
        "no": f"The meeting ends at the closing time, whatever is left. {_KEPT}",
    },
    "meeting.not_quorate": {
        "nothing": f"Without a quorum a meeting does no business. {_KEPT}",
        "urgent": f"Without a quorum only urgent business, if the next meeting agrees. {_KEPT}",
    },
    "quorum.base": {
        "members": "A percentage of a quorum is counted from all members.",
        "good-standing": (
            "A percentage of a quorum is counted from members in good standing, so those who "
            "stopped paying do not raise it."
        ),
    },
    "motion.seconder": {
        "meeting": "A motion is in order without a seconder; it falls if none comes forward.",
        "writing": "A motion that comes without a seconder in writing is shown as out of order.",
        "none": "No motion is asked for a seconder.",
    },
    "chair.casting_vote": {
        "yes": "When votes are level the chair may cast the deciding one, and it is recorded.",
        "no": "When votes are level the chair has no vote to decide it, and none is recorded.",
    },
    "no_confidence.base": {
        "voting": "Only votes for and against count; who abstains makes no difference.",
        "present": "All who are present count, so to abstain weighs as a vote against.",
    },
    "no_confidence.secret": {
        "yes": "A motion of no confidence is marked as one that needs a secret ballot.",
        "no": "A motion of no confidence is voted on like any other.",
    },
    "joining.decided_by": {
        "hq": f"HQ decides who joins. {_KEPT}",
        "branch": f"The branch meeting decides who joins. {_KEPT}",
        "committee": f"The branch committee decides who joins. {_KEPT}",
    },
    "members.resigned_counts": {
        "recorded": (
            "Who says they resign stays in the count of members until HQ has recorded it, and is "
            "shown apart until then."
        ),
        "said": "Who says they resign leaves the count of members on that day.",
    },
}

_UNSET = {
    "meeting.special_notice_days": (
        "The desk gives no day by which the notice of a special meeting must go out."
    ),
    "meeting.special_call": "The desk cannot say how many it takes to call a special meeting.",
    "meeting.closing_time": "Agendas name no closing time.",
    "quorum.rule": (
        "Signing people in counts them, but the desk cannot say whether a meeting is quorate."
    ),
    "no_confidence.threshold": (
        "The desk records the votes, but cannot say whether a motion of no confidence is carried."
    ),
    "no_confidence.base": (
        "The desk cannot say of whom the share is taken, so it leaves the result to you."
    ),
    "no_confidence.secret": "A motion of no confidence is not checked for a secret ballot.",
    "chair.casting_vote": "When votes are level the desk says that the rule is not set.",
    "vote.arrears_months": "Nobody's vote, or motion, is questioned because of what they owe.",
    "meeting.overrun": "Nothing is said on paper about going on past the closing time.",
}
