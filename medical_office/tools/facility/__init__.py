"""Pure code of the facility domain."""
