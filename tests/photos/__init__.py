"""Photos on what people say: who sees them, and the yes of everybody in them."""
