"""The real server, whose own look at the announcements comes once a minute: what is live before that came by a knock.

`python -m tests.live.knocking_server`; everything else is wsgi.py.
"""

import wsgi  # patches first of all

# ruff: isort: split
import functools

from community.core import announcements

if __name__ == "__main__":
    announcements.watch = functools.partial(announcements.watch, 60.0)
    wsgi.main()
