"""Memories: when what people tell happened, albums, the timeline, and what was on this day.

Nouns: memory (an opening or a reply that carries when it happened, or on which pictures stand), when it happened (the
first and the last day it may have been, and how exactly that is known), album (a stream of kind 'album' whose replies
are its contributions), looking back (what happened on this day some years ago).

Who reads a memory follows from its piece and its stream alone, and what is shown of a picture from everybody's yes:
nothing here opens anything. Without a word of when it happened a piece is of the day it was posted. What was asked, or
made us afraid for somebody, is no memory until its author says when it was. Looking back never shows what hurts to be
met unasked: nothing hidden, folded, unnamed, muted, of somebody remembered or protected, nothing with a picture that is
not shown.
"""
