"""Plain classes of the core over many records."""
