"""``extract`` and ``python -m extractor``."""

from __future__ import annotations

import sys

from extractor.cli import run_process


def main() -> int:
    """Run the command line of this process and return its exit status."""
    return run_process(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
