"""Motions as files: MOTION.md with its front matter, or plain text as somebody pasted it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from branch_desk.motions.rules import MotionKind
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 500_000
LONGEST_TITLE = 300
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A motion as it was read; `unknown` are keys of its front matter that mean nothing here."""

    title: str
    text: str
    reasons: str = ""
    kind: MotionKind = MotionKind.ORDINARY
    mover: str = ""
    seconder: str = ""
    received: date | None = None
    arose: date | None = None
    addressed_to: str = ""
    unknown: tuple[str, ...] = field(default=())


def read(source: bytes | str) -> Draft:
    """Read a motion from a file's bytes or from pasted text.

    Raises `Invalid` with one sentence that says which line or key cannot be read.
    """
    text = _clean(_decoded(source) if isinstance(source, bytes) else source)
    if not text.strip():
        raise Invalid("The motion is empty.")
    front, body = _split(text)
    said = _front_matter(front)
    unknown = tuple(key for key in said if key not in KEYS)
    title, body = _titled(said.get("title", ""), body)
    if not front:
        said, body = _pasted(body)
    words, reasons = _reasons(body)
    return Draft(
        title=_short(title, LONGEST_TITLE, "title"),
        text=words,
        reasons=reasons,
        kind=_kind(said.get("kind", "")),
        mover=_short(said.get("mover", ""), LONGEST_NAME, "mover"),
        seconder=_short(said.get("seconder", ""), LONGEST_NAME, "seconder"),
        received=_day(said.get("received", ""), "received"),
        arose=_day(said.get("arose", ""), "arose"),
        addressed_to=_short(said.get("addressed_to", ""), LONGEST_TITLE, "addressed_to"),
        unknown=unknown,
    )


def read_mail(data: bytes) -> Draft:
    """Read a motion from an e-mail: its text is the motion, its sender the mover if none is named.

    The title is the text's own where its first line is short, else the subject. Raises `Invalid`.
    """
    from dataclasses import replace

    from branch_desk.correspondence.exchange import read_mail as mail_of
    from branch_desk.correspondence.rules import own_words, subject_key

    mail = mail_of(data)
    body = _GREETING.sub("", own_words(mail.body)).strip()
    first = next((line for line in body.split("\n") if line.strip()), "")
    if not _is_title(first):
        said = " ".join(mail.subject.split())
        title = said[len(said) - len(subject_key(said)) :]
        body = f"{_MOTION.sub('', title) or 'Motion'}\n\n{body}"
    draft = read(body)
    sender = (mail.sender.name or mail.sender.address) if mail.sender else ""
    on = mail.at.date() if mail.at else None
    return replace(draft, mover=draft.mover or sender, received=draft.received or on)


MOST_OF_TITLE = 90
_MOTION = re.compile(r"(?i)^(?:a )?motion(?: for [^:]*)?\s*[:-]\s*")
_GREETING = re.compile(
    r"(?i)\A\s*(?:dear|hi|hello|good (?:morning|evening|afternoon))\b[^\n]{0,60}\n"
)
_PROSE = re.compile(r"[.,;:]\s*$|^(?:please|i|we|here|this branch|attached|below)\b", re.IGNORECASE)


def _is_title(line: str) -> bool:
    """Whether a line reads as a title and not as a sentence of a letter."""
    if line.lstrip().startswith("#"):
        return True
    return 0 < len(line) <= MOST_OF_TITLE and not _PROSE.search(line.strip())


KEYS = ("title", "kind", "mover", "seconder", "received", "arose", "addressed_to")
_SYNONYMS = {
    "proposer": "mover",
    "proposed_by": "mover",
    "moved_by": "mover",
    "seconded_by": "seconder",
    "received_on": "received",
    "arose_on": "arose",
    "to": "addressed_to",
    "motion": "title",
}


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Invalid(
            f"The file has {len(data):,} bytes; a motion has at most {MOST_BYTES:,}. "
            "Is it the right file?"
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as(data, "utf-16")
    if b"\0" in data:
        raise Invalid("The file is not text; save the motion as plain text or Markdown.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as(data, "cp1252")


def _as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Invalid("The file is not text in a known encoding; save it as UTF-8.") from error


def _clean(text: str) -> str:
    """Keep what can be printed: line ends made one, other control characters taken out."""
    if len(text) > MOST_BYTES:
        raise Invalid(
            f"The text has {len(text):,} characters; a motion has at most {MOST_BYTES:,}."
        )
    lines = "\n".join(text.removeprefix("\ufeff").splitlines())
    return "".join(
        each for each in lines if each in "\n\t" or unicodedata.category(each) not in {"Cc", "Cs"}
    )


def _split(text: str) -> tuple[list[str], str]:
    """Part the front matter's lines from the body; without front matter there are none."""
    lines = text.lstrip("\n").split("\n")
    if lines[0].rstrip() != "---":
        return [], text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in {"---", "..."}:
            return lines[1:number], "\n".join(lines[number + 1 :])
    raise Invalid("The front matter that begins with --- is never closed by another ---.")


_PAIR = re.compile(r"([A-Za-z][A-Za-z _-]{0,40}?)[ \t]*:(?:[ \t]+(.*))?")


def _front_matter(lines: Iterable[str]) -> dict[str, str]:
    said: dict[str, str] = {}
    key = ""
    for number, line in enumerate(lines, 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0] in " \t" and key:
            said[key] = f"{said[key]} {line.strip()}".strip()
            continue
        pair = _PAIR.fullmatch(line.rstrip())
        if not pair:
            raise Invalid(f"Line {number} of the front matter is not “key: value”: “{line[:60]}”.")
        key = _key(pair[1])
        if key in said:
            raise Invalid(f"The front matter says “{key}” twice.")
        said[key] = (pair[2] or "").strip()
    return {key: _unquoted(value, key) for key, value in said.items()}


def _key(written: str) -> str:
    key = re.sub(r"[ _-]+", "_", written.strip().casefold())
    return _SYNONYMS.get(key, key)


def _unquoted(value: str, key: str) -> str:
    if value[:1] not in {'"', "'"}:
        return value.partition(" #")[0].strip()
    quote, rest = value[0], value[1:]
    closed = re.match(r'((?:[^"\\]|\\.)*)"' if quote == '"' else r"((?:[^']|'')*)'", rest)
    if not closed or not re.fullmatch(r"\s*(#.*)?", rest[closed.end() :]):
        raise Invalid(f"The quotation marks of “{key}” in the front matter do not close.")
    return re.sub(r"\\(.)", r"\1", closed[1]) if quote == '"' else closed[1].replace("''", "'")


_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*")
_REASONS = re.compile(
    r"[ ]{0,3}(?:#{1,6}[ \t]+|\*\*)reasons?:?[ \t]*(?:#*|\*\*:?)[ \t]*", re.IGNORECASE
)


def _titled(title: str, body: str) -> tuple[str, str]:
    """Take the title from the front matter, else from the first line of the body."""
    if title:
        return title, body
    first, _, rest = body.strip("\n").partition("\n")
    if not first.strip() or _REASONS.fullmatch(first):
        raise Invalid(
            "The motion has no title: say “title:” in the front matter, or begin with it."
        )
    heading = _HEADING.fullmatch(first)
    plain = (heading[1] if heading else first).strip()
    return re.sub(r"^(?:motion|title)\s*:\s*", "", plain, flags=re.IGNORECASE) or plain, rest


def _pasted(body: str) -> tuple[dict[str, str], str]:
    """Find the mover and the like where pasted text says them on a line of their own."""
    said: dict[str, str] = {}
    kept = []
    for line in body.split("\n"):
        pair = _PAIR.fullmatch(line.strip().strip("*_"))
        key = _key(pair[1]) if pair else ""
        value = (pair[2] or "").strip("*_ ") if pair else ""
        if key in _PASTED and value and len(value) <= LONGEST_NAME and key not in said:
            said[key] = value
        else:
            kept.append(line)
    return said, "\n".join(kept)


_PASTED = frozenset({"mover", "seconder", "kind", "received", "arose"})


def _reasons(body: str) -> tuple[str, str]:
    lines = body.split("\n")
    for number, line in enumerate(lines):
        if _REASONS.fullmatch(line):
            return "\n".join(lines[:number]).strip(), "\n".join(lines[number + 1 :]).strip()
    return body.strip(), ""


def _short(value: str, most: int, key: str) -> str:
    value = " ".join(value.split())
    if len(value) > most:
        raise Invalid(
            f"The {key.replace('_', ' ')} has {len(value)} characters; {most} is the most."
        )
    return value


def _kind(value: str) -> MotionKind:
    wanted = re.sub(r"[\s_-]+", "-", value.strip().casefold()).removesuffix("-motion")
    if not wanted or wanted == "motion":
        return MotionKind.ORDINARY
    wanted = wanted.removeprefix("motion-of-").removeprefix("vote-of-")
    for kind in MotionKind:
        if wanted == kind.value:
            return kind
    names = ", ".join(kind.value for kind in MotionKind)
    raise Invalid(f"“{value[:60]}” is not a kind of motion; it is one of {names}.")


def _day(value: str, key: str) -> date | None:
    if not value:
        return None
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", " ".join(value.split()))
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
        found = _parsed(plain, form)
        if found:
            return found
    raise Invalid(f"“{value[:60]}” is not a date for “{key}”; write it as 2026-05-14.")


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - only the day is read
    except ValueError:
        return None


def write(draft: Draft) -> str:
    """Write a motion as MOTION.md, so that reading it gives the same motion."""
    values: list[tuple[str, str]] = [
        ("title", draft.title),
        ("kind", draft.kind.value),
        ("mover", draft.mover),
        ("seconder", draft.seconder),
        ("received", draft.received.isoformat() if draft.received else ""),
        ("arose", draft.arose.isoformat() if draft.arose else ""),
        ("addressed_to", draft.addressed_to),
    ]
    front = "\n".join(f"{key}: {_quoted(value)}" for key, value in values if value)
    reasons = f"\n## Reasons\n\n{draft.reasons}\n" if draft.reasons else ""
    return f"---\n{front}\n---\n\n{draft.text}\n{reasons}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
