"""What HQ's list lacks, or has and nobody understands, said from its column titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.members.exchange.columns import field_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from branch_desk.members.exchange.sheet import Sheet


def unknown(sheet: Sheet, others: Mapping[int, str]) -> tuple[str, ...]:
    """Return the columns nobody understands; one without a title only where it is filled in."""
    return tuple(
        title
        for place, title in others.items()
        if (field_of(sheet.titles[place]) is None if sheet.titles[place] else _filled(sheet, place))
    )


def _filled(sheet: Sheet, place: int) -> bool:
    return any(place < len(row) and str(row[place] or "").strip() for _, row in sheet.rows)


def said(
    sheet: Sheet,
    fields: Mapping[int, str],
    others: Mapping[int, str],
    *,
    joined: int,
    emails: bool,
    first: bool,
) -> list[str]:
    """Return a sentence for everything about the titles that somebody should know.

    `joined` is how many are new by this list, `emails` whether we have any, and `first` whether it
    is the branch's first list.
    """
    strange = unknown(sheet, others)
    twice = [title for title in others.values() if field_of(title) is not None]
    told = [*_missing(set(fields.values()), joined=joined, emails=emails, first=first)]
    if strange:
        told.append(
            f"{_columns(strange, 'was', 'were')} not understood and {_kept(strange)} "
            f"as extra data: {_quoted(strange)}."
        )
    if twice:
        told.append(
            f"{_columns(twice, 'means', 'mean')} what another column of the list means, "
            f"and {_kept(twice)} as extra data: {_quoted(twice)}."
        )
    return told


def _missing(fields: set[str], *, joined: int, emails: bool, first: bool) -> list[str]:
    """Return what the list has no column for, where that matters."""
    told = []
    if not fields & {"forename", "name"}:
        told.append(
            "The list has no column for the forename or the full name, "
            "so its people are known by surname alone."
        )
    if joined and "joined_on" not in fields:
        follows = "since when they are members is left open" if first else "the list's day is taken"
        told.append(f"The list has no column for the joining date; for those new, {follows}.")
    if "email" not in fields and (joined or emails):
        follows = "the addresses we have stay as they are" if emails else "nobody new has one"
        told.append(f"The list has no column for the e-mail address; {follows}.")
    return told


def _columns(titles: Sequence[str], one: str, many: str) -> str:
    return f"1 column {one}" if len(titles) == 1 else f"{len(titles)} columns {many}"


def _kept(titles: Sequence[str]) -> str:
    return "is kept" if len(titles) == 1 else "are kept"


def _quoted(titles: Sequence[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles)
