"""What all tests share. tests/plugin.py brings --database and the servers behind it, tests/house.py the application."""

pytest_plugins = ["tests.plugin", "tests.fixtures"]
