"""Private messages: talks of two, and groups of three to eight, as the contact rule allows and no further.

Nouns: talk, ask, group, report of a message (sealed with the ten before it). A talk is a stream of kind 'talk' in the
space nobody reads; who reads it stands in `stream_member`. Every two in it are judged at every act: where two may no
longer write to each other it is there to be read and nothing else, and nobody learns why.
"""
