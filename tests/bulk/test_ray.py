"""The engine for clusters, on a local Ray with two workers, one of which is killed."""

import os
import signal
import subprocess
import threading
import time

import pytest

pytest.importorskip("daft")
ray = pytest.importorskip("ray")
pytest.importorskip("duckdb")

from test_batch import DOCUMENTS, look, request_for, run  # noqa: E402

from extractor.bulk import run_batch  # noqa: E402


@pytest.fixture(scope="module")
def cluster():
    os.environ.setdefault("RAY_AUTH_MODE", "disabled")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
    yield
    ray.shutdown()


def test_ray_leaves_what_the_local_engine_leaves(reports, tmp_path, cluster):
    there, here = f"duckdb:///{tmp_path}/ray.duckdb", f"duckdb:///{tmp_path}/local.duckdb"
    run(reports, here)
    killed = []
    watcher = threading.Thread(target=kill_one_actor, args=(killed,), daemon=True)
    watcher.start()
    summary = run_batch(request_for(reports, there, engine="ray"))
    watcher.join(5)
    assert summary.done == DOCUMENTS
    assert killed
    assert look(there) == look(here)


def kill_one_actor(killed):
    """Kill the process of the first actor whose child is at work."""
    end = time.monotonic() + 60
    while time.monotonic() < end and not killed:
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True).stdout
        ours = descendants(listed)
        children = [line.split(None, 2) for line in listed.splitlines() if "extractor.bulk.child" in line]
        for _, parent, _ in children:
            if int(parent) in ours and int(parent) != os.getpid():
                os.kill(int(parent), signal.SIGKILL)
                killed.append(parent)
                break
        time.sleep(0.05)


def descendants(listed):
    """Processes that this one started, directly or not."""
    parents = {}
    for line in listed.splitlines()[1:]:
        pid, parent, _ = line.split(None, 2)
        parents[int(pid)] = int(parent)
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found
