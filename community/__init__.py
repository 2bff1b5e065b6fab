"""Hearth: a private, moderated community whose membership lasts for life. Its layout: docs/architecture.md."""
