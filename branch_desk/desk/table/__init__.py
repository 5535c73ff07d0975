"""Tables of any length: an ordered list of ids, whose rows are fetched a page at a time."""

from branch_desk.desk.table.column import Column, HasId
from branch_desk.desk.table.model import KEPT, PAGE, IdTable
from branch_desk.desk.table.picking import Picked
from branch_desk.desk.table.view import Table

__all__ = ["KEPT", "PAGE", "Column", "HasId", "IdTable", "Picked", "Table"]
