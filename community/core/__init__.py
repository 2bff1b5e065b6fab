"""The ground floor: database, policy, the live door, time, text, secrets and the web's edges.

Nouns: transaction, rule, room, announcement, occurrence. It knows no feature and imports no room; what it must
know about them is handed to it by `community.app`.
"""
