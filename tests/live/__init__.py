"""Real servers, real lines: what people at two screens see, and what outsiders never do."""
