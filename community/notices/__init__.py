"""Notices: that somebody was answered, met with a reaction or mentioned, or that what waited now stands in the group.

Nouns: notice, kind, channel (here, by e-mail), what a member wants to hear. A notice is written in the transaction of
its cause and holds ids and places, never a name or a word; whoever did it is found when the member reads, through her
own queries, so what she may not see (any more) is neither shown nor counted. Ten replies in one thread are one notice.
"""
