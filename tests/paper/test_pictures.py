"""Pages compared with pictures somebody has looked at.

After a change that is meant to be seen, set BRANCH_DESK_PICTURES=new and run this file once; then
look at every picture under `pictures/` and commit it.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from branch_desk.paper.render import render

PICTURES = Path(__file__).with_name("pictures")
PAGES = {
    "cover": ("every_block", False, 0),
    "contents": ("every_block", False, 1),
    "agenda": ("every_block", False, 2),
    "motion": ("every_block", False, 4),
    "appended": ("every_block", False, 6),
    "report": ("every_block", False, 8),
    "letter": ("letter", False, 0),
    "large-agenda": ("every_block", True, 2),
    "large-motion": ("every_block", True, 4),
}
MOST_UNLIKE = 0.004  # of the pixels
UNLIKE = 64  # of 255


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did_when_somebody_looked(name, request, read):
    fixture, large, page = PAGES[name]
    seen = read(render(request.getfixturevalue(fixture), large_print=large)).picture(page)
    path = PICTURES / f"{name}.png"
    if os.environ.get("BRANCH_DESK_PICTURES") == "new":
        seen.save(path, optimize=True)
    with Image.open(path) as opened:
        kept = opened.convert("L")
    assert seen.size == kept.size
    difference = ImageChops.difference(seen, kept).histogram()
    unlike = sum(difference[UNLIKE:]) / (seen.width * seen.height)
    assert unlike <= MOST_UNLIKE, f"{unlike:.2%} of {name} looks different"
