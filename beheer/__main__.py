"""`python -m beheer` is dezelfde opdrachtregel als `./regie`."""

import sys

from beheer.hoofd import hoofd

if __name__ == "__main__":
    sys.exit(hoofd())
