"""`make run-scaled`: PostgreSQL, Redis, several server processes and nginx, all of one data folder, on this machine.

For trying out what deploy/ sets up for real use. Unpatched; knows of Hearth only its settings and how it is started.
"""
