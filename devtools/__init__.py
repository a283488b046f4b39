"""What checks and documents the product but is no part of it."""
