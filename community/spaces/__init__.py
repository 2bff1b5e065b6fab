"""Spaces (in texts: channels): where people write, and who may read and write there.

Nouns: space, audience. One table of audiences answers both "may she read this" and "who reads this", so the sentence
beside every text field cannot say anything else than the rule does.
"""
