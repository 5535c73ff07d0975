"""The members' tables, the queries that read them and the deeds that change them."""

from typing import TYPE_CHECKING

from branch_desk import lazily
from branch_desk.members.records.consents import (
    Channel,
    Consent,
    consents,
    latest_consents,
    may_reach,
    reachable,
    set_consent,
    set_consents,
)
from branch_desk.members.records.schema import SLICE, migrations
from branch_desk.members.records.sendings import (
    Reached,
    Recipient,
    Sending,
    SendingKind,
    keep_sending,
    reached,
    sendings,
    welcomed,
)

if TYPE_CHECKING:
    from branch_desk.members.records.deeds import (
        NewMember,
        add,
        add_evidence,
        add_many,
        due,
        keep_up,
        record,
        record_event,
        record_events,
        settle,
    )
    from branch_desk.members.records.figures import backlog, flows, flows_by
    from branch_desk.members.records.history import (
        MemberEvent,
        NewEvent,
        dated,
        events,
        histories,
        many_on,
        standing_of,
    )
    from branch_desk.members.records.lists import HqList, hq_list_of, hq_lists, seen
    from branch_desk.members.records.people import (
        DETAILS,
        ORDERS,
        Counts,
        Member,
        Payment,
        change_details,
        checked,
        counts,
        get,
        ids,
        many,
        matching_email,
        payment,
        resigned_counts,
        sort_name,
        values_of,
    )
    from branch_desk.members.records.stored import as_stored, extra_of, has_number, names
else:
    __getattr__ = lazily.parts(
        __name__,
        {
            "deeds": (
                "NewMember add add_evidence add_many due keep_up record record_event "
                "record_events settle"
            ),
            "figures": "backlog flows flows_by",
            "history": "MemberEvent NewEvent dated events histories many_on standing_of",
            "lists": "HqList hq_list_of hq_lists seen",
            "people": (
                "DETAILS ORDERS Counts Member Payment change_details checked counts get ids "
                "many matching_email payment resigned_counts sort_name values_of"
            ),
            "stored": "as_stored extra_of has_number names",
        },
    )

__all__ = [
    "DETAILS",
    "ORDERS",
    "SLICE",
    "Channel",
    "Consent",
    "Counts",
    "HqList",
    "Member",
    "MemberEvent",
    "NewEvent",
    "NewMember",
    "Payment",
    "Reached",
    "Recipient",
    "Sending",
    "SendingKind",
    "add",
    "add_evidence",
    "add_many",
    "as_stored",
    "backlog",
    "change_details",
    "checked",
    "consents",
    "counts",
    "dated",
    "due",
    "events",
    "extra_of",
    "flows",
    "flows_by",
    "get",
    "has_number",
    "histories",
    "hq_list_of",
    "hq_lists",
    "ids",
    "keep_sending",
    "keep_up",
    "latest_consents",
    "many",
    "many_on",
    "matching_email",
    "may_reach",
    "migrations",
    "names",
    "payment",
    "reachable",
    "reached",
    "record",
    "record_event",
    "record_events",
    "resigned_counts",
    "seen",
    "sendings",
    "set_consent",
    "set_consents",
    "settle",
    "sort_name",
    "standing_of",
    "values_of",
    "welcomed",
]
