"""`python -m guvoh`."""

import sys

from guvoh.cli import main

if __name__ == "__main__":
    sys.exit(main())
