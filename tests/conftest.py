"""What all tests share. tests/plugin.py brings --database and the servers behind it."""

pytest_plugins = ["tests.plugin"]
