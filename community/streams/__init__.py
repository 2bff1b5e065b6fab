"""What people say: a piece in a stream. Screened, held, edited, reacted to, taken back and caught up with by one code.

Nouns: stream, piece (opening, reply), revision, reaction, draft, event, read mark. Everybody on a stream may see every
event of it, exclusions excepted; a piece that is held has neither a place nor an event. Sequence numbers and places
are given inside the transaction that writes; time stamps are not an order.
"""
