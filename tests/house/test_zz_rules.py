import pathlib
from tests.house.test_policy import _rendered


def test_write(world, make):
    pathlib.Path("/tmp/bt-rules.md").write_text(_rendered(world, make))
