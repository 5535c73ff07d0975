"""What is written to a mover: whether the motion is in order and which rule says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from branch_desk.motions.rules.order import Verdict, in_order
from branch_desk.motions.rules.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from branch_desk.motions.rules.order import Finding


def told(number: str, title: str, findings: Sequence[Finding], meeting_on: date | None) -> str:
    """Tell a mover in Markdown how their motion stands under the standing orders."""
    answer = in_order(findings)
    meeting = f" for the meeting of {long_date(meeting_on)}" if meeting_on else ""
    opening = f"Thank you for motion {number}, “{title}”, which I have received{meeting}."
    parts = [opening]
    broken = _lines(findings, Verdict.BROKEN)
    doubtful = _lines(findings, Verdict.RULING)
    unset = _lines(findings, Verdict.NOT_SET)
    met = _lines(findings, Verdict.MET)
    if answer is True:
        parts.append("**It is in order** under our standing orders.")
    elif answer is False:
        parts.append("**As it stands it is not in order:**")
    else:
        parts.append("**Whether it is in order is still to be said:**")
    parts += [part for part in (broken, doubtful) if part]
    if unset:
        parts += ["Our standing orders do not settle this:", unset]
    if met:
        parts += ["These rules are met:" if answer is not True else "What I looked at:", met]
    if answer is False:
        parts.append(
            "If you can put this right in time, send me the motion again. If you think that I am "
            "mistaken, tell me, and the chair will rule."
        )
    return "\n\n".join(parts)


def _lines(findings: Sequence[Finding], verdict: Verdict) -> str:
    return "\n".join(
        f"- {each.message}{_clause(each)}" for each in findings if each.verdict is verdict
    )


def _clause(finding: Finding) -> str:
    if not finding.clause or finding.clause.casefold() in finding.message.casefold():
        return ""
    name = f"clause {finding.clause}" if finding.clause[0].isdigit() else finding.clause
    return f" ({name})"
