"""People and how they come in: periods, houses, duties, invitations, signing in, sessions, standing, contact.

Nouns: member, period, duty, sanction, exclusion, invitation, session. What a member is follows from dated periods,
never from a column somebody edits; standing is apart from kind; a session is a row, and the row decides.
"""
