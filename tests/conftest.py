"""What all tests share. tests/plugin.py brings --database and the servers behind it, tests/fixtures.py the application,
tests/installation.py one that is backed up and restored."""

pytest_plugins = ["tests.plugin", "tests.fixtures", "tests.installation"]
