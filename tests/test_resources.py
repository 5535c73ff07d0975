import pytest

from branch_desk.resources import resource


def test_shipped_files_are_found():
    assert resource("fonts", "manifest.json").is_file()
    assert resource("colour", "sRGB.icc").read_bytes()[36:40] == b"acsp"


def test_a_resource_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match=r"fonts/none\.ttf"):
        resource("fonts", "none.ttf")
