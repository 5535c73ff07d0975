"""Every slice of the branch, in the order of the layers: what a branch file is made of."""

from branch_desk.branch import records as branch
from branch_desk.correspondence import records as correspondence
from branch_desk.leaflets import records as leaflets
from branch_desk.meetings import records as meetings
from branch_desk.members import records as members
from branch_desk.motions import records as motions

SLICES = (
    branch.SLICE,
    members.SLICE,
    correspondence.SLICE,
    leaflets.SLICE,
    motions.SLICE,
    meetings.SLICE,
)
