"""The invented people of the demo branch, and the lists its HQ would send of them.

Everything is drawn from one source of chance, so the same seed and day give the same people.
"""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from branch_desk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random


class Fate(Enum):
    """What became of somebody's membership, as the demo tells it."""

    STAYED = "stayed"
    SAID_ONLY = "said they resign; HQ has not recorded it"
    RESIGNED = "said they resign, and HQ recorded it"
    STOPPED_PAYING = "stopped the direct debit"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    TRANSFERRED = "moved to another branch"
    DIED = "died"
    VANISHED = "dropped off HQ's list with no reason given"


BEFORE_ANY_FATE = timedelta(days=420)
"""How long everybody stays at first: long enough to have stood on one of HQ's lists."""
# Out of a thousand of the others.
SHARES = {
    Fate.SAID_ONLY: 58,
    Fate.RESIGNED: 70,
    Fate.STOPPED_PAYING: 62,
    Fate.LAPSED: 75,
    Fate.SUSPENDED: 5,
    Fate.TRANSFERRED: 12,
    Fate.DIED: 8,
    Fate.VANISHED: 20,
}


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person; `turned_on` is the day their fate took effect.

    `recorded_on` is when HQ got round to it: weeks later for those who resigned, else the same day.
    """

    number: str
    title: str
    forename: str
    surname: str
    email: str
    mobile: str
    address: str
    postcode: str
    ward: str
    district: str
    born_on: date
    joined_on: date
    type: str
    fate: Fate
    turned_on: date
    recorded_on: date

    def hq_row(self, as_of: date) -> tuple[str, ...] | None:
        """Return this person's line in HQ's list of a day, None where they are not on it."""
        turned = self.turned_on <= as_of and self.fate is not Fate.STAYED
        if self.joined_on > as_of or (turned and self.fate in {Fate.VANISHED, Fate.TRANSFERRED}):
            return None
        status, left_on = "Active", ""
        if self.fate in STATUS and self.recorded_on <= as_of:
            status, left_on = STATUS[self.fate], self.recorded_on.strftime("%d/%m/%Y")
        stopped = turned and self.fate in {Fate.STOPPED_PAYING, Fate.LAPSED}
        return (
            self.number,
            self.title,
            self.forename,
            self.surname,
            self.email,
            self.mobile,
            self.address,
            self.postcode,
            self.ward,
            self.district,
            self.born_on.strftime("%d/%m/%Y"),
            self.joined_on.strftime("%d/%m/%Y"),
            self.type,
            "stopped" if stopped else "paid",
            f"£{3 * (1 + self.turned_on.day % 5)}.50" if stopped else "",
            status,
            left_on,
        )


# As HQ heads its columns, in the order of `Person.hq_row`.
TITLES = (
    "Membership No",
    "Title",
    "First Name",
    "Last Name",
    "Email Address",
    "Mobile",
    "Address",
    "Post Code",
    "Ward",
    "Polling District",
    "Date of Birth",
    "Date Joined",
    "Membership Type",
    "Payment",
    "Arrears",
    "Status",
    "Date Left",
)
STATUS = {
    Fate.RESIGNED: "Resigned",
    Fate.LAPSED: "Lapsed",
    Fate.DIED: "Deceased",
}


def listing(people: Iterable[Person], as_of: date) -> bytes:
    """Return the list HQ would send on a day: CSV as a spreadsheet on Windows saves it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(TITLES)
    writer.writerows(row for person in people if (row := person.hq_row(as_of)))
    return text.getvalue().encode("utf-8-sig")


def data(name: str) -> dict[str, Any]:
    """Return one of the demo's files of data."""
    return tomllib.loads(resource("demo", name).read_text("utf-8"))


def people(count: int, chance: Random, on: date, autumn: int) -> list[Person]:
    """Return invented people: three years of a branch, a flood of resignations in one autumn."""
    source = data("people.toml")
    origins: Sequence[Mapping[str, Any]] = source["origin"]
    weights = [each["share"] for each in origins]
    drawn = _Draw(chance, on, autumn, source["places"])
    return [
        _person(number, chance.choices(origins, weights)[0], drawn)
        for number in range(1, count + 1)
    ]


@dataclass(frozen=True, slots=True)
class _Draw:
    """What every person is drawn from."""

    chance: Random
    on: date
    autumn: int
    places: Mapping[str, Any]


def _person(number: int, origin: Mapping[str, Any], drawn: _Draw) -> Person:
    chance, on, places = drawn.chance, drawn.on, drawn.places
    forename, surname = chance.choice(origin["forenames"]), chance.choice(origin["surnames"])
    ward = chance.choice(places["ward"])
    joined = _joined(chance, on)
    fate = _fate(chance, joined, on)
    turned = _turned(fate, joined, drawn)
    waited = chance.randint(24, 130) if fate is Fate.RESIGNED else 0
    street = chance.choice(places["streets"])
    last = chance.choice("ABDEFGHJLN") + chance.choice("PQRSTUWXYZ")
    return Person(
        number=f"{400_000 + number * 7:07d}",
        title=chance.choice(("Mr", "Ms", "Mrs", "Mx", "Dr", "", "")),
        forename=forename,
        surname=surname,
        email=_email(forename, surname, number, chance),
        mobile=f"07700 900{chance.randint(0, 999):03d}" if chance.random() < 0.82 else "",
        address=f"{chance.randint(1, 140)} {street}, {places['town']}",
        postcode=f"{ward['outward']} {chance.randint(1, 9)}{last}",
        ward=ward["name"],
        district=chance.choice(ward["districts"]),
        born_on=on - timedelta(days=chance.randint(16 * 366, 88 * 365)),
        joined_on=joined,
        type=chance.choices(("Standard", "Reduced", "Youth", "Life"), (62, 28, 7, 3))[0],
        fate=fate,
        turned_on=turned,
        recorded_on=turned + timedelta(days=waited),
    )


def _joined(chance: Random, on: date) -> date:
    """Return when somebody joined: half of them long ago, a new handful every month since."""
    oldest = 26 * 365 if chance.random() < 0.55 else 3 * 365
    newest = 3 * 365 if oldest > 3 * 365 else 4
    return on - timedelta(days=chance.randint(newest, oldest))


def _fate(chance: Random, joined: date, on: date) -> Fate:
    if on - joined < BEFORE_ANY_FATE:
        return Fate.STAYED
    rest = 1000 - sum(SHARES.values())
    return chance.choices((*SHARES, Fate.STAYED), (*SHARES.values(), rest))[0]


def _turned(fate: Fate, joined: date, drawn: _Draw) -> date:
    """Return when it happened: resignations in a few weeks of autumn, the rest all along."""
    chance, on, autumn = drawn.chance, drawn.on, drawn.autumn
    if fate in {Fate.SAID_ONLY, Fate.RESIGNED}:
        day = date(autumn, 9, 12) + timedelta(days=min(int(chance.expovariate(1 / 22)), 90))
    elif fate is Fate.STOPPED_PAYING:
        day = date(autumn, 9, 20) + timedelta(
            days=chance.randint(0, (on - date(autumn, 9, 20)).days - 25)
        )
    else:
        day = on - timedelta(days=chance.randint(30, 390))
    return max(day, joined + timedelta(days=30))


def _email(forename: str, surname: str, number: int, chance: Random) -> str:
    """Return an address nobody can have; one in eleven has none, a few households share one."""
    if chance.random() < 0.09:
        return ""
    letters = {"ł": "l", "đ": "d", "ø": "o"}
    plain = "".join(letters.get(each, each) for each in _bare(f"{forename}.{surname}".lower()))
    return f"{plain}{number if number > 400 else ''}@example.org"


def _bare(text: str) -> str:
    import unicodedata

    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if each.isalpha() or each in ".-").replace(" ", "")
