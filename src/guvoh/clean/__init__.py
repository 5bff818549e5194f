"""From a capture's bytes to a report: FORMATS maps a media type to its reader."""
