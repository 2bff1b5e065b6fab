"""The team's inbox: all private writing between those who work at a house and somebody who does not work here.

Nouns: inbox (a stream of kind 'inbox', one for each member and house), taking it, handing it over, closing it.
Everybody who works at the house reads it, and nobody else: not whoever staff keep apart from the member. A member's
writing is never refused, never held and never counted; nobody can take it away alone.
"""
