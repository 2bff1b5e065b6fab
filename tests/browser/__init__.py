"""Stories in a real browser against the real server: what people do, seen as they see it."""
