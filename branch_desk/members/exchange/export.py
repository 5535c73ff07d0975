"""The members as a CSV that any spreadsheet opens and our own import takes back unharmed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from branch_desk.members.records import DETAILS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from branch_desk.members.records import Member

FLAGS = ("resignation_said", "payment_stopped", "vanished")
COLUMNS = (*(name for name in DETAILS if name != "extra"), "standing", *FLAGS, "extra")
# What a spreadsheet would run as a formula, and what our own guard against that looks like.
DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - the wide signs count as well
TITLES = {"arrears_pence": "Arrears (£)", "born_on": "Date of birth", "type": "Membership type"}


def export_csv(people: Iterable[Member]) -> bytes:
    """Return the members as CSV in UTF-8 with a byte-order mark, a row each under titles.

    Text that a spreadsheet would take for a formula has an apostrophe put before it; the import
    takes it off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([TITLES.get(name, name.replace("_", " ").capitalize()) for name in COLUMNS])
    for member in people:
        writer.writerow([_cell(name, getattr(member, name)) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _cell(name: str, value: object) -> str:
    if name == "arrears_pence":
        return f"{int(str(value)) // 100}.{int(str(value)) % 100:02}"
    match value:
        case None:
            text = ""
        case bool():
            text = "yes" if value else "no"
        case Enum():
            text = str(value.value)
        case Mapping():
            text = json.dumps(dict(value), ensure_ascii=False) if value else ""
        case _:
            text = str(value)
    return guarded(text)


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if DANGEROUS.match(text) else text
