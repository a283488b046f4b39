"""Plain classes that work on records for the models; no models themselves."""
