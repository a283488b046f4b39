"""Facility arithmetic: wiring, required checks, imported assets, requests and their costs."""
