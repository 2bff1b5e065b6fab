"""Talking live: one chat for each house, one for all, one for those who moved out, one for staff, and hosted ones that
stand for an evening.

Nouns: chat (code: room), message, rest, slow mode. A chat is a stream of kind 'room' without an opening, and one row
that says what is special about it; who reads it follows from its space. A message stands at once or is given back at
once; where children can be among the readers the chat rests while nobody keeps an eye on it, and can be read all the
same.
"""
