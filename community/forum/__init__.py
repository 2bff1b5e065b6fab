"""Threads: an opening and its replies in a space, with what its writer is after.

Nouns: thread, mode (just tell, ask, happy news), just listening. A thread is a stream of kind 'thread' and one row
that says what is special about it; the words themselves are pieces.
"""
