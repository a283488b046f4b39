"""Builds law packages from folders and checks them with the vectors in them."""
