"""What staff do can be looked at: the audit chain in plain words, numbers for everybody, incident mode, who answers.

Nouns: line (of the audit chain, as shown), number (of this month or last quarter), incident (a time of reading only).
"""
