"""Letters that come in as files: e-mail (EML, MBOX, Maildir) and Markdown."""

from branch_desk.correspondence.exchange.filing import (
    Imported,
    Problem,
    bring_in,
    file_mail,
    file_written,
)
from branch_desk.correspondence.exchange.mail import (
    MOST_IN_A_MAIL,
    Mail,
    pasted_source,
    read_mail,
    read_pasted,
)
from branch_desk.correspondence.exchange.sources import mails_in
from branch_desk.correspondence.exchange.written import Written, read_written

__all__ = [
    "MOST_IN_A_MAIL",
    "Imported",
    "Mail",
    "Problem",
    "Written",
    "bring_in",
    "file_mail",
    "file_written",
    "mails_in",
    "pasted_source",
    "read_mail",
    "read_pasted",
    "read_written",
]
