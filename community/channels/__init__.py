"""Channels in the hands of house managers, and what staff pin at their top.

Nouns: channel (a space, opened, changed, ordered and closed without code, with its history), pin (a thread's opening
shown at the top of its channel or of Home until a day), put away (one member has read a pin).
"""
