"""The members themselves: reading, listing, adding and changing them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from branch_desk.branch import records as branch
from branch_desk.members.names import fold
from branch_desk.members.rules import CURRENT, ResignedCounts, Standing, under_18
from branch_desk.store.errors import Conflict, Invalid, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from branch_desk.store.store import Store


class Payment(Enum):
    """What is known of somebody's subscription."""

    UNKNOWN = "unknown"
    PAID = "paid"
    DUE = "due"
    ARREARS = "arrears"
    STOPPED = "stopped"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True)
class Member:
    """One person on the branch's list, as last known.

    `standing` follows the branch's rule on when a resignation counts. `extra` holds what HQ sends
    and the branch has no field for, by HQ's own column title.
    """

    id: int
    number: str
    surname: str
    forename: str
    known_as: str
    title: str
    pronouns: str
    email: str
    phone: str
    mobile: str
    address: str
    postcode: str
    ward: str
    polling_district: str
    born_on: date | None
    joined_on: date | None
    type: str
    payment: Payment
    pays_by: str
    arrears_pence: int
    arrears_since: date | None
    skills: str
    offers: str
    access_needs: str
    notes: str
    extra: Mapping[str, str]
    standing: Standing
    resignation_said: bool
    payment_stopped: bool
    vanished: bool

    @property
    def name(self) -> str:
        """Forename and surname, as one writes to them."""
        return " ".join(part for part in (self.forename, self.surname) if part) or "(no name)"

    @property
    def called(self) -> str:
        """What they are called to their face."""
        return self.known_as or self.forename or self.name

    @property
    def current(self) -> bool:
        """Whether they count as a member of the branch."""
        return self.standing in CURRENT

    def under_18(self, on: date) -> bool:
        """Whether they are known to be under 18 on a day."""
        return under_18(self.born_on, on)


WORKED_OUT = frozenset({"id", "standing", "resignation_said", "payment_stopped", "vanished"})
DETAILS = tuple(field.name for field in fields(Member) if field.name not in WORKED_OUT)
"""The fields that a user, or HQ's list, may fill in; the rest follow from the events."""

DATES = frozenset({"born_on", "joined_on", "arrears_since"})
TEXTS = frozenset(DETAILS) - DATES - {"payment", "arrears_pence", "extra"}
ORDERS = {
    "name": "sort_name, id",
    "number": "length(number), number, id",
    "joined": "joined_on, id",
    "standing": "standing, sort_name, id",
    "ward": "ward, sort_name, id",
    "type": "type, sort_name, id",
    "postcode": "postcode, id",
    "entered": "id",
}
BATCH = 20_000


def resigned_counts(store: Store) -> ResignedCounts:
    """Return from when this branch counts a resignation: when HQ records it, unless it is set."""
    said = branch.setting(store, "members.resigned_counts")
    return ResignedCounts.SAID if said == ResignedCounts.SAID.value else ResignedCounts.RECORDED


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _member(row: Mapping[str, Any], counts: ResignedCounts) -> Member:
    values = {name: row[name] for name in DETAILS}
    for name in DATES:
        values[name] = _day(row[name])
    said = bool(row["resignation_said"])
    resigned = said and counts is ResignedCounts.SAID
    values["payment"] = Payment(row["payment"])
    values["extra"] = json.loads(row["extra"])
    return Member(
        id=row["id"],
        standing=Standing.RESIGNED if resigned else Standing(row["standing"]),
        resignation_said=said,
        payment_stopped=bool(row["payment_stopped"]),
        vanished=bool(row["vanished"]),
        **values,
    )


def get(store: Store, member_id: int) -> Member:
    """Return one member; raises `Missing`."""
    row = store.one("SELECT * FROM member WHERE id = ?", (member_id,))
    if row is None:
        raise Missing(f"There is no member with the id {member_id}.")
    return _member(row, resigned_counts(store))


def many(store: Store, ids: Sequence[int]) -> list[Member]:
    """Return members in the order of their ids; ids that are gone are left out."""
    counts = resigned_counts(store)
    found = store.rows(
        "SELECT * FROM member WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    by_id = {row["id"]: row for row in found}
    return [_member(by_id[each], counts) for each in ids if each in by_id]


def _in(column: str, values: Iterable[Any]) -> tuple[str, list[Any]]:
    listed = [value.value if isinstance(value, Enum) else value for value in values]
    return f"{column} IN ({', '.join('?' * len(listed))})", listed


def _standings(
    standing: Standing | Iterable[Standing], counts: ResignedCounts, *, by_day: bool
) -> tuple[str, list[Any]]:
    wanted = {standing} if isinstance(standing, Standing) else set(standing)
    # The plus keeps SQLite from its index, which finds nine in ten where a span of days finds few.
    sql, listed = _in("+standing" if by_day else "standing", sorted(each.value for each in wanted))
    if counts is ResignedCounts.RECORDED:
        return sql, listed
    if Standing.RESIGNED in wanted:
        return f"({sql} OR resignation_said = 1)", listed
    return f"{sql} AND resignation_said = 0", listed


def _wheres(filters: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    wheres: list[tuple[str, list[Any]]] = []
    for name, value in filters.items():
        if value is None:
            continue
        if name == "joined_from":
            wheres.append(("joined_on >= ?", [value.isoformat()]))
        elif name == "joined_to":
            wheres.append(("joined_on <= ?", [value.isoformat()]))
        elif name in {"resignation_said", "payment_stopped", "vanished"}:
            wheres.append((f"{name} = {int(value)}", []))
        else:
            wheres.append((f"{name} = ?", [value.value if isinstance(value, Enum) else value]))
    return wheres


def ids(
    store: Store,
    *,
    search: str = "",
    order: str = "name",
    standing: Standing | Iterable[Standing] | None = None,
    ward: str | None = None,
    polling_district: str | None = None,
    type: str | None = None,  # noqa: A002 - the field's name
    payment: Payment | None = None,
    payment_stopped: bool | None = None,
    resignation_said: bool | None = None,
    vanished: bool | None = None,
    joined_from: date | None = None,
    joined_to: date | None = None,
) -> list[int]:
    """Return the ids of all who match, in order.

    `order` is one of name, number, joined, standing, ward, type, postcode, entered; "-" in front
    turns it round; "match" gives a search's best first. Raises `Missing` for another.
    """
    wheres = _wheres(
        {
            "ward": ward,
            "polling_district": polling_district,
            "type": type,
            "payment": payment,
            "payment_stopped": payment_stopped,
            "resignation_said": resignation_said,
            "vanished": vanished,
            "joined_from": joined_from,
            "joined_to": joined_to,
        }
    )
    if standing is not None:
        by_day = joined_from is not None or joined_to is not None
        wheres.append(_standings(standing, resigned_counts(store), by_day=by_day))
    matched = store.search("member", search) if search.strip() else None
    if matched is not None:
        wheres.append(("id IN (SELECT value FROM json_each(?))", [json.dumps(matched)]))
    where = " AND ".join(sql for sql, _ in wheres) or "1"
    params = [value for _, values in wheres for value in values]
    found: list[int] = store.column(
        f"SELECT id FROM member WHERE {where} ORDER BY {_order(order)}",  # noqa: S608 - our words
        params,
    )
    if matched is not None and order == "match":
        kept = set(found)
        return [each for each in matched if each in kept]
    return found


def _order(order: str) -> str:
    if order == "match":
        return ORDERS["name"]
    columns = ORDERS.get(order.removeprefix("-"))
    if columns is None:
        raise Missing(f"Members cannot be ordered by “{order}”. Choose {', '.join(ORDERS)}.")
    if order.startswith("-"):
        return ", ".join(f"{column} DESC" for column in columns.split(", "))
    return columns


def matching_email(store: Store, address: str) -> list[int]:
    """Return the ids of all who have this e-mail address, whatever its capitals."""
    found: list[int] = store.column(
        "SELECT id FROM member WHERE email = ? COLLATE NOCASE AND email <> '' ORDER BY id",
        (address.strip(),),
    )
    return found


def values_of(store: Store, field: str) -> list[str]:
    """Return the values in use of a field to filter by: ward, polling_district or type."""
    if field not in {"ward", "polling_district", "type"}:
        raise Missing(f"Members are not grouped by “{field}”.")
    found: list[str] = store.column(
        f"SELECT DISTINCT {field} FROM member WHERE {field} <> '' ORDER BY {field}"  # noqa: S608
    )
    return found


def checked(details: Mapping[str, object]) -> dict[str, Any]:
    """Return details as they are stored, `sort_name` not among them.

    Raises `Missing` for a field there is none of, `Invalid` for a value that cannot be.
    """
    values: dict[str, Any] = {}
    for name, value in details.items():
        if name in TEXTS and type(value) is str:
            values[name] = value.strip()
            continue
        if name not in DETAILS:
            raise Missing(f"A member has no field “{name}”. There is {', '.join(DETAILS)}.")
        values[name] = _value(name, value)
    return values


def _value(name: str, value: object) -> object:
    if name in DATES:
        if value is not None and not isinstance(value, date):
            raise Invalid(f"“{value}” is not a date for {name}; write it as 2026-05-14.")
        return value
    if name == "payment":
        return payment(value)
    if name == "arrears_pence":
        if not isinstance(value, int) or value < 0:
            raise Invalid("Arrears are a sum in whole pence, 0 or more.")
        return value
    if name == "extra":
        return _extra(value)
    return str(value or "").strip()


def _extra(value: object) -> str:
    if not isinstance(value, Mapping):
        raise Invalid("What HQ sends beside our fields is kept by its column's title.")
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)


def payment(value: object) -> Payment:
    """Return the state of payment a word means; raises `Invalid`."""
    try:
        return Payment(value)
    except ValueError:
        words = ", ".join(each.value for each in Payment)
        raise Invalid(f"“{value}” is not a state of payment. Choose {words}.") from None


def sort_name(surname: str, forename: str) -> str:
    """Return what a name is ordered by: surname first, no capitals, no accents."""
    return fold(f"{surname} {forename}")


def change_details(store: Store, member_id: int, **details: object) -> None:
    """Change some fields of a member; what is not named stays.

    Raises `Missing` for no such member or field, `Invalid` for a value that cannot be, `Conflict`
    for a number that somebody else has.
    """
    member = get(store, member_id)
    values = checked(details)
    free_number(store, values.get("number", ""), member_id)
    surname, forename = (
        values.get("surname", member.surname),
        values.get("forename", member.forename),
    )
    if not (surname or forename):
        raise Invalid("A member needs a name.")
    if values:
        with store.change("Change a member's details") as change:
            change.update("member", member_id, **values, sort_name=sort_name(surname, forename))


def free_number(store: Store, number: str, member_id: int = 0) -> None:
    """Raise `Conflict` where another member has this number already."""
    if not number:
        return
    taken = store.value("SELECT id FROM member WHERE number = ? AND id <> ?", (number, member_id))
    if taken is not None:
        raise Conflict(f"{get(store, taken).name} has the number {number} already.")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are by standing, and how many of them carry each flag."""

    by_standing: Mapping[Standing, int]
    resignation_said: int
    payment_stopped: int
    vanished: int

    @property
    def members(self) -> int:
        """Probation, member and suspended together: those who count."""
        return sum(self.by_standing[standing] for standing in CURRENT)

    @property
    def total(self) -> int:
        """Everybody on record."""
        return sum(self.by_standing.values())


def counts(store: Store) -> Counts:
    """Count everybody by standing and flag, as of the last change."""
    rows = store.rows("SELECT standing, count(*) AS many FROM member GROUP BY standing")
    found = dict.fromkeys(Standing, 0)
    found.update({Standing(row["standing"]): row["many"] for row in rows})
    if resigned_counts(store) is ResignedCounts.SAID:
        for row in store.rows(
            "SELECT standing, count(*) AS many FROM member WHERE resignation_said = 1"
            " GROUP BY standing"
        ):
            found[Standing(row["standing"])] -= row["many"]
            found[Standing.RESIGNED] += row["many"]
    flags = {
        flag: store.value(f"SELECT count(*) FROM member WHERE {flag} = 1")  # noqa: S608 - our words
        for flag in ("resignation_said", "payment_stopped", "vanished")
    }
    return Counts(found, **flags)
