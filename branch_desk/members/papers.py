"""What prints about members: the report, the list, the letter of welcome, address labels."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from branch_desk.branch.papers import brand, signature
from branch_desk.members.rules import CURRENT, Standing, backlog_in_words
from branch_desk.paper.blocks import (
    AddressWindow,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Section,
    Table,
    Text,
)
from branch_desk.paper.charts import Series, line_over_time
from branch_desk.paper.labels import Label, Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from branch_desk.branch.records import Branch
    from branch_desk.members.records import Counts, Member
    from branch_desk.members.rules import Backlog, Flows
    from branch_desk.paper.blocks import Block
    from branch_desk.paper.labels import LabelSheet

ASIDE = (
    ("resignation_said", "Say they resign", "not recorded by HQ yet"),
    ("payment_stopped", "Stopped paying", "still members until they lapse or leave"),
    ("vanished", "Not on HQ's list", "dropped off it, reason unknown"),
)
LEFT_AS = {
    Standing.RESIGNED: "resigned",
    Standing.LAPSED: "lapsed",
    Standing.TRANSFERRED: "transferred away",
    Standing.EXPELLED: "expelled",
    Standing.DIED: "died",
}


def day(on: date) -> str:
    """Return a date as papers write it: 14 May 2026."""
    return f"{on.day} {on:%B %Y}"


def _people(number: int) -> str:
    return "1 member" if number == 1 else f"{number:,} members"


def members_report(
    details: Branch, total: Flows, months: Sequence[Flows], counts: Counts, waits: Backlog
) -> Document:
    """Return who came and went in a span of months, what was only said, how long HQ takes.

    `months` are the span's months in order, `total` the whole of it; `counts` are of today.
    """
    accent = details.accent
    blocks: list[Block] = [
        Text(_opening(total), style="lead"),
        Heading("Who came and who went"),
        Facts(_sum(total)),
        Text(
            "Somebody counts as a member while on probation, a member or suspended. Saying one "
            "resigns, no longer paying, or dropping off HQ's list does not by itself end a "
            "membership; those are counted apart below.",
            style="small",
        ),
        Chart(
            partial(
                line_over_time,
                [Series("Members", [(each.end, each.closing) for each in months])],
                accent=accent,
                height=115,
            ),
            _chart_words("Members at the end of each month", months, lambda each: each.closing),
            "Members at the end of each month",
        ),
        Heading("Said, recorded, stopped paying"),
        Text(backlog_in_words(waits)),
        Chart(
            partial(
                line_over_time,
                [
                    Series("Said", [(each.end, each.resignations_said) for each in months]),
                    Series(
                        "Recorded by HQ",
                        [(each.end, each.resignations_recorded) for each in months],
                    ),
                    Series("Stopped paying", [(each.end, each.payment_stopped) for each in months]),
                ],
                accent=accent,
                height=125,
            ),
            _chart_words(
                "Resignations said, resignations recorded by HQ and payments stopped, by month",
                months,
                lambda each: (
                    f"{each.resignations_said}, {each.resignations_recorded}, "
                    f"{each.payment_stopped}"
                ),
            ),
            "Each month: resignations said, resignations HQ recorded, payments stopped",
        ),
        Facts([(words, f"{getattr(counts, flag):,} now, {what}") for flag, words, what in ASIDE]),
        Heading("Month by month"),
        _months_table(total, months),
        Text(
            "Said: told us they resign. By HQ: resignations HQ recorded. Waiting: said and not "
            "recorded by the end of the month. Unpaid: stopped paying. Missing: dropped off HQ's "
            "list.",
            style="small",
        ),
    ]
    title = f"Membership report, {day(total.start)} to {day(total.end)}"
    return Document(
        title=title,
        brand=brand(details),
        parts=[Section("Membership report", blocks)],
        subject="Membership report",
        made_on=total.end,
    )


def _opening(total: Flows) -> str:
    change = total.closing - total.opening
    moved = "as many as at the start" if not change else f"{abs(change):,} "
    if change:
        moved += "more than" if change > 0 else "fewer than"
        moved += f" on {day(total.start)}"
    return f"{_people(total.closing)} on {day(total.end)}, {moved}."


def _sum(total: Flows) -> list[tuple[str, str]]:
    left = sum(total.left.values())
    ways = ", ".join(f"{words} {total.left[way]}" for way, words in LEFT_AS.items())
    return [
        (f"On {day(total.start)}", f"{total.opening:,}"),
        ("Joined", f"+ {total.joined:,}"),
        ("Rejoined", f"+ {total.rejoined:,}"),
        ("Transferred in", f"+ {total.transferred_in:,}"),
        ("Left", f"− {left:,} ({ways})"),  # noqa: RUF001 - a minus sign
        (f"On {day(total.end)}", f"= {total.closing:,}"),
    ]


def _chart_words(what: str, months: Sequence[Flows], value: Callable[[Flows], object]) -> str:
    told = "; ".join(f"{each.end:%B %Y} {value(each)}" for each in months)
    return f"{what}: {told}."


def _months_table(total: Flows, months: Sequence[Flows]) -> Table:
    return Table(
        columns=[
            Column("Month", 1.5),
            *(
                Column(title, 1.1, numeric=True)
                for title in (
                    "Came",
                    "Left",
                    "Total",
                    "Said",
                    "By HQ",
                    "Waiting",
                    "Unpaid",
                    "Lapsed",
                    "Missing",
                )
            ),
        ],
        rows=[[f"{each.end:%b %Y}", *_figures(each)] for each in months],
        total=["In all", *_figures(total)],
    )


def _figures(flows: Flows) -> list[str]:
    numbers = (
        flows.joined + flows.rejoined + flows.transferred_in,
        sum(flows.left.values()),
        flows.closing,
        flows.resignations_said,
        flows.resignations_recorded,
        flows.backlog,
        flows.payment_stopped,
        flows.left[Standing.LAPSED],
        flows.vanished,
    )
    return [f"{number:,}" for number in numbers]


def member_list(details: Branch, people: Sequence[Member], on: date) -> Document:
    """Return the members by name, with what a chair must know of each, and nothing more."""
    members = [member for member in people if member.standing in CURRENT]
    rows = [
        [
            f"{member.surname}, {member.forename}".strip(", "),
            member.number,
            member.ward,
            f"{member.joined_on.day} {member.joined_on:%b %Y}" if member.joined_on else "not known",
            _remarks(member, on),
        ]
        for member in members
    ]
    blocks: list[Block] = [
        Text(f"{_people(len(members))} on {day(on)}.", style="lead"),
        Table(
            columns=[
                Column("Name", 2.4),
                Column("Number", 1.1),
                Column("Ward", 1.4),
                Column("Joined", 1.5),
                Column("Note", 2.0),
            ],
            rows=rows,
        )
        if rows
        else Text("There is nobody to list."),
        Note(
            "This list shows who belongs to a political or similar body. Keep it where nobody else "
            "reads it, and shred it after the meeting.",
            "Confidential",
        ),
    ]
    return Document(
        title=f"Members on {day(on)}",
        brand=brand(details),
        parts=[Section(f"Members on {day(on)}", blocks, head="Members")],
        subject="Member list",
        made_on=on,
    )


def _remarks(member: Member, on: date) -> str:
    said = [] if member.standing is Standing.MEMBER else [member.standing.value]
    if member.resignation_said:
        said.append("says they resign")
    if member.payment_stopped:
        said.append("stopped paying")
    if member.vanished:
        said.append("not on HQ's list")
    if member.under_18(on):
        said.append("under 18")
    return ", ".join(said)


def welcome_letters(
    details: Branch, people: Sequence[Member], on: date, signed_by: str = ""
) -> Document:
    """Return one letter of welcome for each person, each on its own page, ready for a DL window."""
    return Document(
        title="Welcome letter" if len(people) == 1 else f"Welcome letters, {day(on)}",
        brand=brand(details),
        parts=[
            Section(member.name, _welcome(details, member, on, signed_by), show_title=False)
            for member in people
        ],
        subject="Welcome",
        made_on=on,
    )


def _welcome(details: Branch, member: Member, on: date, signed_by: str) -> list[Block]:
    branch = details.name or "the branch"
    since = f" on {day(member.joined_on)}" if member.joined_on else ""
    reach = f" You can reach us at {details.email}." if details.email else ""
    reference = f"Member number {member.number}" if member.number else ""
    blocks: list[Block] = [
        AddressWindow(to=address_lines(member), date=day(on), reference=reference),
        Heading(f"Welcome to {branch}"),
        Text(
            f"Dear {member.called},\n\n"
            f"Thank you for joining{since}. We are glad to have you.\n\n"
            "Our meetings are open to every member, and the notice of the next one will come to "
            "you with its agenda. Come along even if you know nobody yet: say at the door that "
            "you are new, and somebody will look after you. If anything would make it easier to "
            "take part, such as step-free access, large print or a lift, please tell us."
        ),
        Text(
            "There is plenty to do for anyone who would like to: putting leaflets through doors "
            "in your own street, an evening at the telephone, making the tea. Nobody has to."
        ),
        Text(
            "We keep what you and HQ tell us about you in one locked file, use it only for the "
            "branch's own business, and will show you all of it if you ask." + reach
        ),
        signature("With good wishes,", signed_by, f"Secretary, {branch}" if signed_by else ""),
    ]
    return blocks


def letters(
    details: Branch, people: Sequence[Member], on: date, subject: str, text: str
) -> Document:
    """Return the same letter for each person, each on its own page, ready for a DL window.

    `text` is plain; where it begins with a line such as "Dear friend," each is called by name.
    """
    greeting, rest = _greeting(text)

    def words(member: Member) -> str:
        return f"{greeting} {member.called},\n\n{rest}" if greeting else rest

    return Document(
        title=subject or "Letter",
        brand=brand(details),
        parts=[
            Section(
                member.name,
                [
                    AddressWindow(to=address_lines(member), date=day(on)),
                    *([Heading(subject)] if subject else []),
                    Text(words(member)),
                ],
                show_title=False,
            )
            for member in people
        ],
        subject=subject or "Letter",
        made_on=on,
    )


def _greeting(text: str) -> tuple[str, str]:
    """Return the word a letter greets with, if it begins by greeting, and the rest of it."""
    first, _, rest = text.strip().partition("\n")
    word = first.partition(" ")[0]
    if word in {"Dear", "Annwyl"} and first.rstrip().endswith(","):
        return word, rest.strip()
    return "", text.strip()


def address_lines(member: Member) -> list[str]:
    """Return name and address as they stand on an envelope."""
    name = " ".join(part for part in (member.title, member.name) if part)
    address = [line.strip(" ,") for line in member.address.replace(", ", "\n").split("\n")]
    lines = [line for line in address if line]
    if member.postcode and not any(member.postcode in line for line in lines):
        lines.append(member.postcode)
    return [name, *lines]


def address_labels(
    details: Branch, people: Iterable[Member], sheet: LabelSheet, on: date
) -> Labels:
    """Return a label for each person who has an address, in the order given."""
    return Labels(
        title=f"Address labels, {day(on)}",
        brand=brand(details),
        labels=[Label(tuple(address_lines(member))) for member in people if member.address.strip()],
        sheet=sheet,
        made_on=on,
    )


def joined(pdfs: Sequence[bytes]) -> bytes:
    """Return PDFs one after another as one for the printer; it has no tags and no bookmarks."""
    from io import BytesIO

    from pikepdf import Pdf

    whole, out = Pdf.new(), BytesIO()
    for data in pdfs:
        with Pdf.open(BytesIO(data)) as each:
            whole.pages.extend(each.pages)
    whole.save(out)
    return out.getvalue()
