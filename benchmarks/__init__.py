"""Measurements of quality (`./dev score`) and of speed (`./dev bench`)."""
