"""The workbench: a web application on this machine, where machine-read becomes assessed."""
