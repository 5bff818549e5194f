"""Holds a built case against an expected.toml, value by value."""
