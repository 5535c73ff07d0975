"""The standing orders: which rules a branch can set, what may be said for each, and what it means.

A rule that is not set is None: the desk says so rather than guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from branch_desk.store.errors import Invalid, Missing

if TYPE_CHECKING:
    from datetime import datetime

Value: TypeAlias = int | str


class SettingKind(Enum):
    """What is said for a setting; days, months, minutes and numbers are read as whole numbers."""

    DAYS = "days"
    MONTHS = "months"
    MINUTES = "minutes"
    NUMBER = "number"
    CHOICE = "choice"
    QUORUM = "quorum"
    THRESHOLD = "threshold"
    TIME = "time"
    TEXT = "text"


_WHOLE = {
    SettingKind.DAYS: (0, 3660, "days"),
    SettingKind.MONTHS: (0, 120, "months"),
    SettingKind.MINUTES: (0, 1440, "minutes"),
    SettingKind.NUMBER: (0, 1_000_000, ""),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """One rule a branch can set; `default` is what holds until it does, None for "not set"."""

    key: str
    title: str
    kind: SettingKind
    default: Value | None = None
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def group(self) -> str:
        """Return the part of the standing orders it stands in."""
        return _GROUPS[self.key.partition(".")[0]]


_GROUPS = {
    "meeting": "Meetings",
    "quorum": "Quorum",
    "motion": "Motions",
    "chair": "The chair",
    "no_confidence": "No confidence",
    "vote": "Who may vote",
    "joining": "Joining",
    "members": "Members",
    "letters": "Letters",
}

DAYS, MONTHS, MINUTES, NUMBER = (
    SettingKind.DAYS,
    SettingKind.MONTHS,
    SettingKind.MINUTES,
    SettingKind.NUMBER,
)
CHOICE, QUORUM, THRESHOLD = SettingKind.CHOICE, SettingKind.QUORUM, SettingKind.THRESHOLD

_ALL = (
    Setting("meeting.notice_days", "Notice of an ordinary meeting", DAYS, 7),
    Setting("meeting.annual_notice_days", "Notice of the annual meeting", DAYS, 14),
    Setting("meeting.special_notice_days", "Notice of a special meeting", DAYS),
    Setting("meeting.special_call", "Members who can call a special meeting", QUORUM),
    Setting("meeting.closing_time", "When a meeting must close", SettingKind.TIME),
    Setting(
        "meeting.overrun",
        "Going on past the closing time",
        CHOICE,
        choices=(("vote", "by a vote"), ("chair", "as the chair decides"), ("no", "not at all")),
    ),
    Setting("meeting.not_quorate_minutes", "Wait for a quorum after the start", MINUTES, 30),
    Setting(
        "meeting.not_quorate",
        "A meeting without a quorum may do",
        CHOICE,
        choices=(
            ("nothing", "no business"),
            ("urgent", "urgent business, to be ratified at the next meeting"),
        ),
    ),
    Setting("quorum.rule", "Quorum", QUORUM),
    Setting(
        "quorum.base",
        "Quorum is a share of",
        CHOICE,
        "members",
        choices=(("members", "all members"), ("good-standing", "members in good standing")),
    ),
    Setting("motion.deadline_days", "Motions close before a meeting", DAYS, 14),
    Setting("motion.word_limit", "Most words in a motion", NUMBER, 250),
    Setting(
        "motion.seconder",
        "A motion is seconded",
        CHOICE,
        "meeting",
        choices=(
            ("meeting", "at the meeting"),
            ("writing", "in writing, with the motion"),
            ("none", "not needed"),
        ),
    ),
    Setting(
        "chair.casting_vote",
        "The chair has a casting vote",
        CHOICE,
        choices=(("yes", "yes"), ("no", "no")),
    ),
    Setting("chair.challenge_members", "Members needed to challenge the chair", NUMBER),
    Setting("chair.challenge_threshold", "A challenge to the chair carries with", THRESHOLD, "2/3"),
    Setting("no_confidence.threshold", "A vote of no confidence carries with", THRESHOLD),
    Setting(
        "no_confidence.base",
        "That is a share of",
        CHOICE,
        choices=(
            ("voting", "those voting for or against"),
            ("present", "those present, abstentions included"),
        ),
    ),
    Setting(
        "no_confidence.secret",
        "A vote of no confidence is a secret ballot",
        CHOICE,
        choices=(("yes", "yes"), ("no", "no")),
    ),
    Setting("vote.freeze_months", "Membership needed before a vote", MONTHS),
    Setting("vote.arrears_months", "Arrears from which a member may not vote", MONTHS),
    Setting("vote.arrears_cure_days", "Arrears can be paid until before the vote", DAYS),
    Setting("vote.classes", "Classes of membership that may vote", SettingKind.TEXT),
    Setting("joining.probation_months", "Probation of a new member", MONTHS),
    Setting("joining.objection_days", "Time to object to an application", DAYS),
    Setting("joining.minimum_age", "Least age to join", NUMBER),
    Setting(
        "joining.decided_by",
        "Who admits a member",
        CHOICE,
        choices=(
            ("hq", "HQ"),
            ("branch", "the branch meeting"),
            ("committee", "the branch committee"),
        ),
    ),
    Setting(
        "members.resigned_counts",
        "A resignation counts when",
        CHOICE,
        "recorded",
        choices=(("recorded", "HQ has recorded it"), ("said", "the member says so")),
    ),
    Setting("letters.chase_days", "Chase a letter that has no answer after", DAYS, 28),
)

SETTINGS: dict[str, Setting] = {each.key: each for each in _ALL}


def known(key: str) -> Setting:
    """Return the setting of a key; raises `Missing` with the nearest names."""
    if key in SETTINGS:
        return SETTINGS[key]
    import difflib  # only a misspelt key needs it

    near = difflib.get_close_matches(key, SETTINGS, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise Missing(f"There is no setting “{key}”.{hint}")


def read_value(setting: Setting, text: str) -> Value:
    """Read what a user says for a setting; raises `Invalid` with one sentence."""
    text = " ".join(text.split())
    if not text:
        raise Invalid(f"{setting.title}: nothing was said. To clear it, unset it.")
    match setting.kind:
        case SettingKind.CHOICE:
            return _choice(setting, text)
        case SettingKind.QUORUM:
            return str(quorum_rule(text))
        case SettingKind.THRESHOLD:
            return str(threshold(text))
        case SettingKind.TIME:
            return _time(setting, text)
        case SettingKind.TEXT:
            return text
        case _:
            return _whole(setting, text)


def _whole(setting: Setting, text: str) -> int:
    least, most, unit = _WHOLE[setting.kind]
    match = re.fullmatch(r"([0-9]{1,9}) ?([a-z]*)", text.casefold())
    if not match or match[2].rstrip("s") not in {"", unit.rstrip("s")}:
        raise Invalid(f"{setting.title}: “{text}” is not a number{' of ' + unit if unit else ''}.")
    number = int(match[1])
    if not least <= number <= most:
        raise Invalid(f"{setting.title}: {number} is not between {least} and {most}.")
    return number


def _choice(setting: Setting, text: str) -> str:
    wanted = text.casefold()
    for name, words in setting.choices:
        if wanted in {name, words.casefold()}:
            return name
    names = ", ".join(name for name, _ in setting.choices)
    raise Invalid(f"{setting.title}: “{text}” is not one of {names}.")


def _time(setting: Setting, text: str) -> str:
    match = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", text)
    if not match:
        raise Invalid(f"{setting.title}: “{text}” is not a time; write it as 21:30.")
    return f"{int(match[1]):02}:{match[2]}"


def in_words(setting: Setting, value: Value | None) -> str:
    """Return what a setting says, as a sentence's end: "14 days", "at the meeting", "not set"."""
    if value is None:
        return "not set"
    match setting.kind:
        case SettingKind.CHOICE:
            return dict(setting.choices).get(str(value), str(value))
        case SettingKind.THRESHOLD:
            return threshold(str(value)).words
        case SettingKind.QUORUM:
            share = " of the members" if str(value).endswith("%") else ""
            return f"{'the ' if ' of ' in str(value) else ''}{value}{share}"
        case SettingKind.NUMBER | SettingKind.TIME | SettingKind.TEXT:
            said = str(value)
            return clock(time.fromisoformat(said)) if setting.kind is SettingKind.TIME else said
        case kind:
            unit = kind.value
            return f"{value} {unit.rstrip('s') if value == 1 else unit}"


def clock(at: datetime | time) -> str:
    """Say an hour: 7.30 pm, noon."""
    hour, minute = at.hour, at.minute
    if (hour, minute) in {(0, 0), (12, 0)}:
        return "noon" if hour else "midnight"
    said = f"{hour % 12 or 12}" + (f".{minute:02d}" if minute else "")
    return f"{said} {'am' if hour < 12 else 'pm'}"


# Quorum


@dataclass(frozen=True, slots=True)
class QuorumRule:
    """A number of members, a percentage of a base, or the greater or lesser of the two."""

    number: int | None
    percent: Fraction | None
    greater: bool = True

    def needed(self, base: int) -> int:
        """Return how many are needed of `base` members, a share rounded up; never below 1."""
        parts = [] if self.number is None else [self.number]
        if self.percent is not None:
            parts.append(_rounded_up(self.percent * base / 100))
        return max(1, max(parts) if self.greater else min(parts))

    def __str__(self) -> str:
        """Write the rule as it is set."""
        percent = "" if self.percent is None else f"{_decimal(self.percent)}%"
        if self.number is None:
            return percent
        if self.percent is None:
            return str(self.number)
        return f"{'greater' if self.greater else 'lesser'} of {self.number} and {percent}"


def quorum_rule(text: str) -> QuorumRule:
    """Read "10", "25%", "greater of 10 and 5%" or "lesser of 10 and 5%"; raises `Invalid`."""
    words = " ".join(text.casefold().replace("per cent", "%").replace(" %", "%").split())
    pair = re.fullmatch(
        r"(?:the )?(greater|larger|higher|lesser|smaller|lower) of (\S+) (?:and|or) (\S+)", words
    )
    parts = [pair[2], pair[3]] if pair else [words.removesuffix(" members")]
    numbers = [part for part in parts if not part.endswith("%")]
    shares = [part for part in parts if part.endswith("%")]
    if len(numbers) > 1 or len(shares) > 1:
        raise _no_quorum(text)
    return QuorumRule(
        number=_member_number(numbers[0], text) if numbers else None,
        percent=_percentage(shares[0], text) if shares else None,
        greater=not pair or pair[1] in {"greater", "larger", "higher"},
    )


def quorum_needed(rule: str, base: int) -> int:
    """How many members a quorum rule asks for, of a base counted by `quorum.base`."""
    return quorum_rule(rule).needed(base)


def _no_quorum(text: str) -> Invalid:
    return Invalid(
        f"“{text}” is not a rule about numbers of members. "
        "Write it as 10, as 25%, or as greater of 10 and 5%."
    )


def _member_number(part: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", part) or int(part) == 0:
        raise _no_quorum(text)
    return int(part)


def _percentage(part: str, text: str) -> Fraction:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?%", part):
        raise _no_quorum(text)
    percent = Fraction(part[:-1])
    if not 0 < percent <= 100:
        raise _no_quorum(text)
    return percent


# Thresholds


@dataclass(frozen=True, slots=True)
class Threshold:
    """The share that carries a vote: more than half, or at least a fraction of the base."""

    share: Fraction
    more_than: bool = False

    def needed(self, base: int) -> int:
        """Return the least number of votes that carries, of `base` votes."""
        exact = self.share * base
        return exact.__floor__() + 1 if self.more_than else max(1, _rounded_up(exact))

    def carried(self, votes: int, base: int) -> bool:
        """Whether `votes` of `base` carry."""
        return votes >= self.needed(base)

    @property
    def words(self) -> str:
        """Return it as it is said: "more than half", "at least two thirds"."""
        said = _SHARES.get(self.share, f"{self.share.numerator}/{self.share.denominator}")
        return f"{'more than' if self.more_than else 'at least'} {said}"

    def __str__(self) -> str:
        """Write the threshold as it is set: "majority", "2/3"."""
        if self.more_than and self.share == Fraction(1, 2):
            return "majority"
        plain = f"{self.share.numerator}/{self.share.denominator}"
        return f"more than {plain}" if self.more_than else plain


_SHARES = {
    Fraction(1, 2): "half",
    Fraction(2, 3): "two thirds",
    Fraction(3, 4): "three quarters",
    Fraction(3, 5): "three fifths",
    Fraction(1): "all",
}
_SAID = {words: share for share, words in _SHARES.items()}


def threshold(text: str) -> Threshold:
    """Read "majority", "2/3", "two thirds", "60%" or "more than 1/2"; raises `Invalid`."""
    words = " ".join(text.casefold().replace("-", " ").replace(" %", "%").split())
    if words in {"majority", "simple majority", "a simple majority"}:
        return Threshold(Fraction(1, 2), more_than=True)
    more_than = words.startswith("more than ")
    words = words.removeprefix("more than ").removeprefix("at least ")
    share = _SAID.get(words) or _share(words)
    if share is None or not 0 < share <= 1 or (more_than and share == 1):
        raise Invalid(f"“{text}” is not a share of votes. Write it as majority, as 2/3 or as 60%.")
    return Threshold(share, more_than)


def _share(words: str) -> Fraction | None:
    if match := re.fullmatch(r"([0-9]{1,3})/([0-9]{1,3})", words):
        return Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    if match := re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)%", words):
        return Fraction(match[1]) / 100
    return None


def _rounded_up(exact: Fraction) -> int:
    return -(-exact.numerator // exact.denominator)


def _decimal(number: Fraction) -> str:
    return f"{float(number):.3f}".rstrip("0").rstrip(".")


# Details


def accent(text: str) -> str:
    """Read a colour as #RRGGBB; raises `Invalid`."""
    match = re.fullmatch(r"#?([0-9a-fA-F]{6})", text.strip())
    if not match:
        raise Invalid(f"“{text}” is not a colour; write it as #1F6F54.")
    return f"#{match[1].upper()}"


def email(text: str) -> str:
    """Read an e-mail address, empty for none; raises `Invalid`. Nothing is asked of the network."""
    from email_validator import EmailNotValidError, validate_email

    if not text.strip():
        return ""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid(f"“{text.strip()}” is not an e-mail address: {error}") from error
