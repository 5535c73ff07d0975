"""Who owes whom an answer, which letters no person wrote, who leaves, and what belongs together."""

from branch_desk.correspondence.rules.automatic import (
    BY_A_PERSON,
    Automatic,
    automatic,
    own_words,
)
from branch_desk.correspondence.rules.drafts import (
    Leaver,
    Words,
    answer_subject,
    chaser,
    confirmation,
)
from branch_desk.correspondence.rules.threads import (
    NO_SUBJECT,
    Direction,
    address_domain,
    address_in,
    digest_of,
    subject_key,
)
from branch_desk.correspondence.rules.waiting import Clock, Debt, Exchange, State, clock, debt

__all__ = [
    "BY_A_PERSON",
    "NO_SUBJECT",
    "Automatic",
    "Clock",
    "Debt",
    "Direction",
    "Exchange",
    "Leaver",
    "State",
    "Words",
    "address_domain",
    "address_in",
    "answer_subject",
    "automatic",
    "chaser",
    "clock",
    "confirmation",
    "debt",
    "digest_of",
    "own_words",
    "subject_key",
]
