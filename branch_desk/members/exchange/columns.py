"""Which column of HQ's list means which field, by what it is called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from branch_desk.members.names import fold
from branch_desk.store.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADER_WITHIN = 40


class Unclear(Invalid):
    """A list that could be read were the meaning of a column said: `say` is how, COLUMN=FIELD."""

    def __init__(self, message: str, say: str) -> None:
        super().__init__(message)
        self.say = say


# Every name a column has been seen under, as `fold` leaves it.
SYNONYMS: Mapping[str, str] = {
    "number": (
        "number, no, membership number, membership no, member number, member no, mem no, "
        "memno, member id, membership id, id, party number, card number, membership card "
        "number, reference, ref, member ref, member reference, membership ref, contact id, "
        "urn, unique reference number, membership ref no, mno, mem number, membership num, "
        "membership nr, member num, memb no, membership id no, mship no, mship number, m no, "
        "party no, party id, party membership number, membership card no, card no, member "
        "code, hq number, hq no, hq ref, supporter number"
    ),
    "name": (
        "name, full name, fullname, member, member name, members name, name of member, "
        "contact name, display name, members full name, name in full"
    ),
    "surname": (
        "surname, last name, lastname, family name, second name, sname, surnames, last, "
        "member surname, cyfenw, sur name, surname s, family names, last names, 2nd name"
    ),
    "forename": (
        "forename, first name, firstname, given name, given names, forenames, first names, "
        "fname, christian name, first, member forename, enw cyntaf, forename s, fore name, "
        "fore names, given, 1st name, given name s, first name s, christian names, first "
        "given name"
    ),
    "known_as": (
        "known as, preferred name, preferred first name, nickname, familiar name, goes by, "
        "known by, preferred forename, pref name"
    ),
    "title": "title, salutation, prefix, honorific, teitl",
    "pronouns": "pronouns, preferred pronouns",
    "email": (
        "email, e mail, email address, e mail address, emailaddress, mail, primary email, "
        "personal email, contact email, member email, preferred email, ebost, email addr, e "
        "mail addr, email add, e mail add, email adr, email id, electronic mail, main email, "
        "home email, email 1, members email, e address"
    ),
    "phone": (
        "phone, telephone, tel, phone number, telephone number, home phone, home telephone, "
        "landline, tel no, telephone no, phone no, home tel, phone home, contact number, "
        "daytime phone, home number, primary phone, ffon, tel number, telephone num, phone "
        "num, home tel no, home telephone no, home telephone number, home phone no, home "
        "phone number, landline no, landline number, land line, contact no, contact tel, "
        "contact phone, contact telephone, day phone, evening phone, tele, tel home, "
        "telephone home, phone 1, tel 1, fixed line"
    ),
    "mobile": (
        "mobile, mobile phone, mobile number, mobile no, mob, cell, cell phone, mobile tel, "
        "mobile telephone, phone mobile, mobile telephone number, mob no, mob number, mob "
        "phone, mob tel, mobile num, mobile telephone no, mobile phone no, mobile phone "
        "number, cell no, cell number, cellphone number, tel mobile, telephone mobile, tel "
        "mob, mobile 1"
    ),
    "address": (
        "address, full address, postal address, home address, street address, mailing "
        "address, cyfeiriad, addr, home addr, postal addr, full postal address, contact "
        "address, residential address, members address"
    ),
    "address_1": (
        "address 1, address line 1, address1, addr1, address line1, add1, street, house, "
        "house name or number, line 1, addr 1, addr line 1, add 1, add line 1, adr 1, address "
        "first line, first line of address, 1st line of address, street name, street 1, house "
        "and street, house no and street, house number and street, number and street, "
        "building and street"
    ),
    "address_2": (
        "address 2, address line 2, address2, addr2, address line2, add2, line 2, addr 2, "
        "addr line 2, add 2, add line 2, adr 2, second line of address, 2nd line of address, "
        "street 2"
    ),
    "address_3": (
        "address 3, address line 3, address3, addr3, address line3, add3, line 3, locality, "
        "addr 3, addr line 3, add 3, add line 3, adr 3, third line of address, village"
    ),
    "address_4": (
        "address 4, address line 4, address4, addr4, address line4, add4, line 4, addr 4, "
        "addr line 4, add 4, add line 4, adr 4"
    ),
    "address_5": (
        "town, city, post town, town city, town or city, posttown, city town, town village, "
        "address 5, address line 5, addr 5"
    ),
    "address_6": "county, address 6, address line 6, addr 6",
    "postcode": (
        "postcode, post code, postal code, zip, zip code, pcode, p code, cod post, post cd, "
        "pcd, postcd, home postcode"
    ),
    "ward": (
        "ward, ward name, electoral ward, branch ward, council ward, electoral division, ward "
        "of residence"
    ),
    "polling_district": "polling district, polling district code, pd, polling area",
    "born_on": (
        "date of birth, dob, d o b, born, born on, birth date, birthdate, birthday, date "
        "born, birth, d of b, dateofbirth"
    ),
    "joined_on": (
        "joined on, joined, join date, date joined, joining date, joined date, member since, "
        "date of joining, membership start, start date, membership start date, membership "
        "date, continuous from, joindate, date became a member, doj, d o j, date of join, "
        "date of membership, joined party, date joined party, member from, membership from, "
        "membership since, membership began, in membership since, start of membership, "
        "membership joined, date of admission, join dt, joined dt, date membership started"
    ),
    "type": (
        "type, membership type, member type, category, membership category, class, class of "
        "membership, grade, rate, membership rate, membership class, membership level, std "
        "conc, standard concession, standard concessionary, std or conc, conc std, full conc, "
        "waged unwaged, sub type, subs type, sub rate, subs rate, subscription type, "
        "subscription rate, membership band, rate band, mem type, mship type, kind of "
        "membership, membership kind"
    ),
    "status": (
        "status, membership status, member status, standing, state, current status, "
        "membership state, mem status, mship status, member state"
    ),
    "left_on": (
        "left on, left, date left, leaving date, end date, date of leaving, leave date, "
        "resigned on, date resigned, resignation date, date of resignation, membership end date, "
        "membership end, cancelled on, cancellation date, lapsed on, lapse date, date lapsed, "
        "date of death, transferred on, expelled on, termination date, date cancelled"
    ),
    "left_reason": (
        "reason, reason for leaving, leaving reason, reason left, leave reason, "
        "cancellation reason, why left"
    ),
    "payment": (
        "payment, payment status, paid, payment state, subscription status, subs status, "
        "fully paid, paid up, subs, subscription, sub, sub status, subs paid, sub paid, "
        "subscription paid, payments"
    ),
    "pays_by": (
        "pays by, payment method, method of payment, payment type, pay method, pays via, how "
        "paid, pay by, payment by, subs paid by"
    ),
    "arrears_pence": (
        "arrears, amount owed, owed, amount due, balance due, outstanding, arrears amount, "
        "amount outstanding, total arrears, balance owing, debt, owing"
    ),
    "arrears_since": "arrears since, in arrears since, arrears from, arrears date, overdue since",
    "skills": "skills, skill, experience",
    "offers": "offers, offers of help, can help with, volunteering, help offered, willing to",
    "access_needs": (
        "access needs, accessibility, access requirements, access, accessibility needs, "
        "reasonable adjustments"
    ),
    "notes": "notes, note, comments, comment, remarks",
    "consent_email": (
        "email consent, email opt in, ok to email, consent email, e mail consent, emailable, "
        "email permission, can email, email ok, email preference, opted in to email"
    ),
    "consent_phone": (
        "phone consent, phone opt in, ok to phone, consent phone, phone permission, can phone, "
        "ok to call, telephone consent, call consent, phone ok"
    ),
    "consent_text": (
        "text consent, sms consent, sms opt in, ok to text, consent text, consent sms, can text, "
        "text opt in, sms permission"
    ),
    "consent_post": (
        "post consent, mail consent, ok to post, consent post, postal consent, can post, "
        "post opt in, ok to mail, mail opt in"
    ),
    "payment_stopped": "payment stopped, stopped paying, payments stopped",
    "resignation_said": "resignation said, says they resign",
    "vanished": "vanished, missing from hqs list",
    "extra": "extra",
}


def squeezed(title: str) -> str:
    """Return a title without capitals, accents, punctuation or spaces, as in “emailaddr”."""
    return fold(title).replace(" ", "").replace("_", "")


BY_TITLE: dict[str, tuple[str, int]] = {}
for _field, _titles in SYNONYMS.items():
    for _rank, _title in enumerate([_field, *_titles.split(",")]):
        BY_TITLE.setdefault(squeezed(_title), (_field, _rank))
# What our own export says of flags and of HQ's further columns is worked out here, not read back.
OURS = frozenset({"payment_stopped", "resignation_said", "vanished"})
IGNORE = "ignore"
WHO = frozenset({"name", "surname", "forename"})
WHICH = frozenset({"number", "postcode", "email", "address", "phone", "mobile", "born_on"})
SAYABLE = tuple(field for field in SYNONYMS if field not in OURS)
"""The fields somebody may name for a column."""
MONEY = frozenset({"arrears_pence"})
# What may stand in brackets after a title and say nothing of what the column means.
ASIDE = re.compile(
    r"\((£|p|pence|gbp|in £|if any|if known|optional|required|uk|main|primary|dd/mm/yy(yy)?)\)",
    re.IGNORECASE,
)
UNITS = re.compile(r"\bpence\b")
IN_MONEY = re.compile(r"£|\b(gbp|pence)\b", re.IGNORECASE)


@lru_cache(maxsize=2000)
def _known(title: str) -> tuple[str, int] | None:
    """Return the field a title means and how far down its list of names it stands."""
    # The second is for “Mobile (if any)” and “Date joined (dd/mm/yyyy)”.
    for each in (title, UNITS.sub(" ", ASIDE.sub(" ", title))):
        known = BY_TITLE.get(squeezed(each))
        if known and (known[0] in MONEY or not IN_MONEY.search(title)):
            return known
    return None


def field_of(title: str) -> str | None:
    """Return the field a column of this title means; None where none is known."""
    known = _known(title)
    return known[0] if known else None


def letter(place: int) -> str:
    """Return what a spreadsheet calls the column at a place, the first being 0: A, B … Z, AA."""
    word = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        word = chr(65 + rest) + word
    return word


def _named(title: str, place: int, named: Mapping[str, str]) -> str | None:
    """Return what the user said of a column, by its title or else its letter."""
    for word, field in named.items():
        if word == title or squeezed(word) == squeezed(title) != "":
            return field
    return named.get(letter(place)) or named.get(letter(place).lower())


def mapped(titles: Sequence[str], named: Mapping[str, str] | None = None) -> dict[int, str]:
    """Return the field of each column by its place; columns of no known meaning are left out.

    Where two columns could mean one field the plainer title does; where two have the very same
    title nobody can tell which is meant, and it raises `Invalid`. So it does where `named` speaks
    of a column or a field there is none of.
    """
    said = _checked(titles, named or {})
    by_field: dict[str, list[tuple[int, int]]] = {}
    for place, title in enumerate(titles):
        known = _known(title) if title and place not in said else None
        if known and known[0] not in said.values():
            by_field.setdefault(known[0], []).append((known[1], place))
    fields = {place: field for place, field in said.items() if field != IGNORE}
    for field, found in by_field.items():
        _, place = min(found)
        _distinct(titles, place, [other for _, other in found if other != place])
        fields[place] = field
    return dict(sorted(fields.items()))


def left_over(
    titles: Sequence[str], fields: Mapping[int, str], named: Mapping[str, str] | None = None
) -> dict[int, str]:
    """Return the columns kept as they come, by place, under titles made distinct.

    Columns the user said to ignore are none of them.
    """
    ignored = {place for place, field in _checked(titles, named or {}).items() if field == IGNORE}
    seen: dict[str, int] = {}
    others = {}
    for place, written in enumerate(titles):
        if place in fields or place in ignored:
            continue
        title = written or f"Column {letter(place)}"
        seen[title] = seen.get(title, 0) + 1
        others[place] = title if seen[title] == 1 else f"{title} ({seen[title]})"
    return others


def _distinct(titles: Sequence[str], place: int, others: Sequence[int]) -> None:
    for other in others:
        if fold(titles[other]) == fold(titles[place]):
            first, second = letter(min(place, other)), letter(max(place, other))
            raise Unclear(
                f"Two columns are called “{titles[place]}” ({first} and {second}), so nobody can "
                "tell which is meant. Rename one of them in the list, or take one out.",
                f"{second}={IGNORE}",
            )


def _checked(titles: Sequence[str], named: Mapping[str, str]) -> dict[int, str]:
    said: dict[int, str] = {}
    for word, field in named.items():
        if field != IGNORE and field not in SAYABLE:
            known = ", ".join(SAYABLE)
            raise Invalid(f"“{field}” is not a field. Say one of: {known}, or {IGNORE}.")
        places = [
            place for place, title in enumerate(titles) if _named(title, place, {word: field})
        ]
        if not places:
            shown = ", ".join(f"“{title}”" for title in titles if title)
            raise Invalid(f"The list has no column “{word}”. It has {shown}.")
        if len(places) > 1:
            letters = " and ".join(map(letter, places))
            raise Unclear(
                f"Columns {letters} are all called “{word}”. Say which by its letter.",
                f"{letter(places[0])}={field}",
            )
        said[places[0]] = field
    return said


def recognised(rows: Sequence[Sequence[object]], named: Mapping[str, str]) -> int:
    """Return how many fields the best row of titles among the first rows names; 0 for none."""
    return max((_score(row, named) for row in rows[:HEADER_WITHIN]), default=0)


def find_header(rows: Sequence[Sequence[object]], named: Mapping[str, str]) -> int | None:
    """Return the place of the row of titles; None where no row is one."""
    scores = [_score(row, named) for row in rows]
    best = max(scores, default=0)
    return scores.index(best) if best else None


def _score(row: Sequence[object], named: Mapping[str, str]) -> int:
    """Return how many fields a row names, if it says who somebody is and which of that name."""
    titles = [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in row]
    fields = {
        (_named(title, place, named) if named else None) or (field_of(title) if title else None)
        for place, title in enumerate(titles)
    }
    if fields & WHO and fields & WHICH:
        return len(fields - {None})
    return 0
