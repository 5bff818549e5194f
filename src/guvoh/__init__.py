"""On whose word? guvoh reads reports and counts the original sources behind each event."""

__version__ = "0.1.0"
