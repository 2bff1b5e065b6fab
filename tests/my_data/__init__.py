"""Taking along what is kept about oneself."""
