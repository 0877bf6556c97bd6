"""The command line: ``run`` takes the arguments and returns the exit status (0 done, 1 some failed, 2 wrong use)."""

from extractor.cli.main import run, run_process

__all__ = ["run", "run_process"]
