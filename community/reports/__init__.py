"""Telling staff: of any piece, of any person, those who work here included, or without a thing.

Nouns: report (one member told of one thing, for one reason), receipt (the same as she sees it), case (what it becomes
for those who decide), standstill (what a rule keeps apart or quiet until a person has decided). It is never refused by
a limit, never lost, and tells nobody whom it concerns who told; of somebody who works here it goes past that person and
whoever stands beside her.
"""
