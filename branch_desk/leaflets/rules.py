"""What makes a leaflet fit to print: decisions on plain values, each answered with findings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from branch_desk.leaflets.colours import READABLE, contrast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ENOUGH_DPI = 200
"""Dots an inch under which a picture looks coarse on paper."""
SMALLEST_MODULE = 0.4
"""Millimetres of the squares of a QR code under which older phones fail to read it."""
HEADLINE_WORDS = 8
IMPRINT = "imprint"  # what stops election material that does not say who is behind it


class Severity(Enum):
    """Whether a finding blocks the export or only warns."""

    STOPS = "stops"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to see to before printing; `where` is the field or part it leads to."""

    finding: str
    severity: Severity
    where: str
    message: str


def stops(findings: Iterable[Finding]) -> list[Finding]:
    """Return those that block the export."""
    return [each for each in findings if each.severity is Severity.STOPS]


# Imprint


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named in an imprint; both parts may be empty."""

    name: str = ""
    address: str = ""

    @classmethod
    def read(cls, text: str) -> Party:
        """Take apart "Name, address": the name ends at the first line end, or the first comma.

        A comma before "Ltd" and the like belongs to the name.
        """
        lines = [" ".join(line.split()).strip(" ,") for line in text.strip().splitlines()]
        if len(lines) > 1:
            return cls(lines[0], ", ".join(line for line in lines[1:] if line))
        match = re.match(
            r"(.+?(?:,\s*(?:Ltd|Limited|LLP|plc|CIC)\.?)?)(?:,\s*|$)(.*)", " ".join(lines)
        )
        return cls(match[1].strip(), match[2].strip()) if match else cls()

    @property
    def whole(self) -> bool:
        """Whether there is a name, and an address one could write to."""
        return bool(self.name) and _is_address(self.address)

    def __str__(self) -> str:
        """Return name and address as they are printed."""
        return ", ".join(part for part in (self.name, self.address) if part)


def _is_address(text: str) -> bool:
    """Whether text could be a postal address: words, and a number or several parts."""
    return bool(re.search(r"[^\W\d]{3}", text)) and (any(c.isdigit() for c in text) or "," in text)


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who printed a leaflet, who promotes it and on whose behalf, each with an address."""

    printer: Party = Party()
    promoter: Party = Party()
    on_behalf_of: Party = Party()

    def sentence(self) -> str:
        """Return the imprint as it is printed; an address that two share stands once."""
        first = ""
        promoter, behalf = self.promoter, self.on_behalf_of
        if promoter.name and behalf.name and promoter == behalf:
            first = f"Promoted and published by {promoter}."
        elif promoter.name and behalf.name and promoter.address == behalf.address:
            both = f", both at {promoter.address}" if promoter.address else ""
            first = f"Promoted by {promoter.name} on behalf of {behalf.name}{both}."
        elif promoter.name and behalf.name:
            first = f"Promoted by {promoter}, on behalf of {behalf}."
        elif promoter.name:
            first = f"Promoted by {promoter}."
        elif behalf.name:
            first = f"Published by {behalf}."
        second = f"Printed by {self.printer}." if self.printer.name else ""
        return " ".join(part.replace("..", ".") for part in (first, second) if part)


_PARTS = {
    "printer": "the printer",
    "promoter": "the promoter",
    "on_behalf_of": "whoever it is published on behalf of",
}


def imprint(imprint: Imprint, *, election_material: bool | None) -> list[Finding]:
    """Return what an imprint lacks where the leaflet is election material.

    Until somebody has said whether it is, that is asked: one finding, which says what would lack.
    The three parts are those of section 110 of the Representation of the People Act 1983 and of
    section 143 of the Political Parties, Elections and Referendums Act 2000; it is no legal advice.
    """
    if election_material is False:
        return []
    lacking = [
        (part, lack) for part, who in _PARTS.items() if (lack := _lack(getattr(imprint, part), who))
    ]
    if election_material is None:
        return [_asked([lack for _, lack in lacking])]
    return [
        Finding(
            IMPRINT,
            Severity.STOPS,
            part,
            f"The imprint {lack}. Election material in print needs both name and address.",
        )
        for part, lack in lacking
    ]


def _lack(party: Party, who: str) -> str:
    """Return what an imprint does wrong about one it is to name; empty where it is whole."""
    if not party.name:
        return f"does not name {who}"
    return "" if party.whole else f"gives no address for {who}, {party.name}"


def _asked(lacking: Sequence[str]) -> Finding:
    """Return the question whether a leaflet is election material, and what would be lacking."""
    stands = f" As it stands, the imprint {_listed(lacking)}." if lacking else ""
    return Finding(
        "election-material",
        Severity.WARNS,
        "election_material",
        "Is this election material? Nobody has said yet; if it is, the law asks for an imprint "
        "with name and address of the printer, the promoter and whoever it is published on "
        f"behalf of.{stands} This is no legal advice; the Electoral Commission's guidance says "
        "what counts.",
    )


def _listed(lacking: Sequence[str]) -> str:
    """Return what lacks as one sentence; one that names nobody is told so in a word."""
    if len(lacking) == len(_PARTS) and all(each.startswith("does not name") for each in lacking):
        return "names none of them"
    return " and ".join((", ".join(lacking[:-1]), lacking[-1]) if lacking[1:] else lacking)


# Texts


def required(label: str, field: str, text: str) -> list[Finding]:
    """Return a finding where a text that a leaflet cannot do without is empty."""
    if text.strip():
        return []
    return [Finding("empty", Severity.STOPS, field, f"“{label}” is empty; the leaflet needs it.")]


def headline(field: str, text: str) -> list[Finding]:
    """Return a finding where a headline is too long to be read on the way to the bin."""
    count = len(text.split())
    if count <= HEADLINE_WORDS:
        return []
    message = f"The headline has {count} words; {HEADLINE_WORDS} or fewer are read at a glance."
    return [Finding("headline", Severity.WARNS, field, message)]


def length(words: int, most: int) -> list[Finding]:
    """Return a finding where a leaflet says more than people read."""
    if words <= most:
        return []
    message = f"The leaflet has {words} words; {most} are about as many as anybody reads."
    return [Finding("length", Severity.WARNS, "texts", message)]


def overflow(field: str, label: str, *, points: float, words: int) -> list[Finding]:
    """Return a finding where text at its smallest does not fit, with how much there is too much."""
    if points <= 0:
        return []
    much = f"{words} word{'' if words == 1 else 's'}"
    message = (
        f"The text is {points:.0f} points too long for the page even at its smallest size. "
        f"Take about {much} out of “{label}”."
    )
    return [Finding("overflow", Severity.STOPS, field, message)]


def glyphs(field: str, missing: Sequence[str]) -> list[Finding]:
    """Return a finding where characters are in none of the fonts and would print as nothing."""
    if not missing:
        return []
    named = ", ".join(
        f"“{each}” ({unicodedata.name(each, f'U+{ord(each):04X}').lower()})" for each in missing[:5]
    )
    more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
    message = (
        f"No font has {named}{more}: it would print as a blank. Use words or a letter instead."
    )
    return [Finding("glyphs", Severity.STOPS, field, message)]


_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?:£\s?\d[\d,.]*\s?(?:m|bn|k|million|billion)?"
    r"|\d[\d,.]*\s?(?:%|per cent|percent)|\d{1,3}(?:,\d{3})+"
    r"|\d+(?:\.\d+)? (?:million|billion|thousand|hundred))(?!\w)"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:hundred|thousand|million|in ten)\b"
    r"|\b(?:one in (?:two|three|four|five|ten|\d+)|doubled|halved|tripled|highest|lowest|worst)\b",
    re.IGNORECASE,
)


def claims(texts: Mapping[str, str], source: str) -> list[Finding]:
    """Return a finding for each text that states a figure while the leaflet names no source."""
    if source.strip():
        return []
    found = []
    for field, text in texts.items():
        match = _FIGURE.search(text)
        if match:
            message = (
                f"“{match[0].strip()}” is a claim. Name where it comes from in “Source”, so that "
                "anybody who doubts it can look it up."
            )
            found.append(Finding("claim", Severity.WARNS, field, message))
    return found


# Picture, colours, QR code


def picture(field: str, *, wanted: bool, alt: str, credit: str, there: bool) -> list[Finding]:
    """Return what is not said about a picture, or that a layout made for one has none."""
    if not there:
        message = "This layout is made for a picture and there is none; a pattern stands in for it."
        return [Finding("picture", Severity.WARNS, field, message)] if wanted else []
    found = []
    if not alt:
        message = "Nothing says what the picture shows; those who cannot see it will not know."
        found.append(Finding("alt-text", Severity.WARNS, field, message))
    if not credit:
        message = "The picture has no credit. Say who made it, and be sure that you may use it."
        found.append(Finding("credit", Severity.WARNS, field, message))
    return found


def resolution(field: str, dpi: int, size: tuple[float, float]) -> list[Finding]:
    """Return a finding where a picture is too coarse at the size it is printed, in mm."""
    if dpi >= ENOUGH_DPI:
        return []
    across, down = (round(side / 25.4 * 300) for side in size)
    message = (
        f"The picture has {dpi} dots an inch at its size here and will look coarse; it needs "
        f"{ENOUGH_DPI}, better 300 ({across} by {down} dots)."
    )
    return [Finding("resolution", Severity.WARNS, field, message)]


def colours(pairs: Iterable[tuple[str, str, str]]) -> list[Finding]:
    """Return a finding for each (where, text colour, ground) that is hard to read."""
    found = []
    for where, front, ground in dict.fromkeys(pairs):
        ratio = contrast(front, ground)
        if ratio < READABLE:
            message = (
                f"{front} on {ground} has a contrast of {ratio:.1f} to 1; text needs {READABLE}."
            )
            found.append(Finding("contrast", Severity.STOPS, where, message))
    return found


def accent(wished: str, used: str) -> list[Finding]:
    """Return a finding where the accent had to be made darker."""
    if wished.upper() == used.upper():
        return []
    message = f"The accent {wished.upper()} is too pale to carry white; {used} is printed instead."
    return [Finding("accent", Severity.WARNS, "accent", message)]


def qr(field: str, *, width: float, modules: int) -> list[Finding]:
    """Return a finding where a QR code is too dense or too small for a phone at arm's length.

    `width` is in mm without the quiet zone, `modules` the squares along one side.
    """
    if width / modules >= SMALLEST_MODULE:
        return []
    message = (
        f"The QR code's squares are {width / modules:.2f} mm; under {SMALLEST_MODULE} mm some "
        "phones cannot read them. Use a shorter address."
    )
    return [Finding("qr", Severity.STOPS, field, message)]


def link(field: str, target: str, shown: str) -> list[Finding]:
    """Return what is wrong with a QR code's target, or where the address in words says another.

    Another site stops; another page of the same site warns. Upper case, "www.", a closing slash and
    anything after "?" or "#" make no difference.
    """
    if not target:
        return []
    parts = _split(target)
    if parts is None:
        message = f"“{target}” is no web address. Write it as https://example.org/page."
        return [Finding("link", Severity.STOPS, field, message)]
    words = _split(shown)
    if not shown or words == parts:
        return []
    if words is None or words[0] != parts[0]:
        message = (
            f"The QR code leads to {target}, the words under it say “{shown}”. Make them agree."
        )
        return [Finding("address", Severity.STOPS, field, message)]
    message = f"The words “{shown}” lead to another page of the site than the QR code, {target}."
    return [Finding("address", Severity.WARNS, field, message)]


def in_words(target: str) -> str:
    """Return a web address as people write it: no scheme, no www., nothing after the page."""
    parts = _split(target)
    return "".join(parts) if parts else ""


def with_scheme(target: str) -> str:
    """Return a web address as a QR code carries it, https unless it says http."""
    return target if re.match(r"https?://", target, re.IGNORECASE) else f"https://{target}"


def _split(address: str) -> tuple[str, str] | None:
    """Return host and path of a web address in their plainest form, or None where it is none."""
    if re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", address, re.IGNORECASE) and not re.match(
        r"https?://", address, re.IGNORECASE
    ):
        return None
    try:
        parts = urlsplit(with_scheme(address.strip()))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) or re.search(r"\s", address.strip()):
        return None
    return host, parts.path.rstrip("/")
