"""How what people send becomes pictures that are safe to show, and how they are kept."""
