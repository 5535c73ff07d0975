"""Letters written in Markdown: a head between lines of dashes, then the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from branch_desk.correspondence.exchange.text import one_line, text_of
from branch_desk.correspondence.rules import Direction
from branch_desk.store.errors import Invalid

KEYS = (
    *("from", "to", "subject", "date", "office", "direction"),
    *("automatic", "promised_by", "wants_answer"),
)
_DASHES = re.compile(r"\A\ufeff?\s*---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter of a Markdown file; `automatic` None where the file does not say."""

    direction: Direction
    on: date
    sender: str
    recipient: str
    subject: str
    office: str
    body: str
    automatic: bool | None = None
    promised_by: date | None = None
    wants_answer: bool = True


def read_written(data: bytes) -> Written:
    """Read a letter; raises `Invalid` with the line of its head that is wrong."""
    text = text_of(data)
    match = _DASHES.match(text)
    if not match:
        raise Invalid(
            "It does not begin with a head. Write subject, date, direction, from and to as lines "
            "such as “subject: …” between two lines of three dashes."
        )
    head = _head(match[1])
    subject = head.get("subject", "")
    if not subject:
        raise Invalid("Its head has no subject.")
    return Written(
        direction=_direction(head.get("direction", "")),
        on=_date("date", head.get("date", "")),
        sender=head.get("from", ""),
        recipient=head.get("to", ""),
        subject=subject,
        office=head.get("office", ""),
        body=text[match.end() :].strip(),
        automatic=_yes("automatic", head["automatic"]) if "automatic" in head else None,
        promised_by=_date("promised_by", head["promised_by"]) if "promised_by" in head else None,
        wants_answer=_yes("wants_answer", head.get("wants_answer", "yes")),
    )


def _head(text: str) -> dict[str, str]:
    head: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, value = line.partition(":")
        key = name.strip().lower().replace("-", "_").replace(" ", "_")
        if not colon or key not in KEYS:
            raise Invalid(
                f"“{one_line(line)[:80]}” is not a line of a letter's head; "
                f"it may have {', '.join(KEYS)}."
            )
        if said := _unquoted(one_line(value)):
            head[key] = said
    return head


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value


def _direction(text: str) -> Direction:
    try:
        return Direction(text.casefold())
    except ValueError as error:
        raise Invalid("Its head must say “direction: in” or “direction: out”.") from error


def _date(key: str, text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - only the day is kept
        except ValueError:
            continue
    said = f"“{text}” is not a date" if text else f"Its head has no {key}"
    raise Invalid(f"{said}; write it as “{key}: 2026-05-14”.")


def _yes(key: str, text: str) -> bool:
    if text.casefold() not in {"yes", "no", "true", "false"}:
        raise Invalid(f"“{key}: {text}” must be yes or no.")
    return text.casefold() in {"yes", "true"}
