"""Large rounds and faults, run before an issue is closed: `make proof`. The result is kept in docs/proof.md."""
