"""A service under load whose server and workers are killed (SIGKILL) again and again: is a job lost or doubled?

python benchmarks/kills.py [--rounds 30] [--uploaders 4] [--calm 4] [--seed 1]
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from service_kills import count_results, run_rounds, wait_for_all  # noqa: E402
from service_process import ServiceProcess  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--uploaders", type=int, default=4)
    parser.add_argument("--calm", type=float, default=4, help="seconds between two kills, at most")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = ServiceProcess(Path(folder) / "home").start()
        try:
            accepted, kills, unanswered = run_rounds(
                service, options.rounds, options.seed, options.uploaders, 0.4, options.calm
            )
            states = wait_for_all(service, accepted)
            told = {"kills": kills, "accepted": len(accepted), "unanswered_uploads": unanswered}
            told |= {"ended": Counter(states), **count_results(service)}
            told |= {"left_in_scratch": len(list((service.home / "scratch").iterdir()))}
        finally:
            service.stop()
    print(json.dumps(told, indent=2))
    return 0 if set(told["ended"]) == {"done"} and told["results"] == told["jobs"] == told["documents"] else 1


if __name__ == "__main__":
    sys.exit(main())
