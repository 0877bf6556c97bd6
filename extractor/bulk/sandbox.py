"""What a child gives up before it parses anything: new privileges, files, other programs, the network (Linux).

Where the kernel lacks a means, the child goes on without it and says so.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys

SET_DEATH_SIGNAL, NO_NEW_PRIVILEGES = 1, 38
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # system calls of Landlock, the same on every processor
READ = 4 | 8  # rights: read a file, list a folder
BENEATH_PATH = 1
SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
FONTS = ("/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts")  # where pdfium looks for them
ASK_VERSION = 1
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # number of rights to files by version of Landlock
NETWORK_RIGHTS, NETWORK_SINCE = 2, 4


def die_with_parent(number: int = signal.SIGKILL) -> None:
    """Have signal ``number`` sent when the parent ends, however that happens; ignore the terminal's interrupt."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        _library().prctl(SET_DEATH_SIGNAL, number, 0, 0, 0)
        if os.getppid() == 1 and os.environ.get("EXTRACTOR_PARENT") not in (None, "1"):
            os._exit(1)


def close_doors() -> list[str]:
    """Close what can be closed and return what could not be."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform != "linux":
        return ["no sandbox on this system: only limits of memory, time and file size hold"]
    library, missing = _library(), []
    if library.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        missing.append("no_new_privs is not supported")
    if not _leave_network(library):
        missing.append("no network namespace could be made")
    if not _restrict_files(library):
        missing.append("Landlock is not supported by this kernel")
    return missing


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _leave_network(library: ctypes.CDLL) -> bool:
    """Move into an empty network namespace; as an ordinary user through a user namespace."""
    return any(library.unshare(flags) == 0 for flags in (NEW_NETWORK, NEW_USER | NEW_NETWORK))


def _restrict_files(library: ctypes.CDLL) -> bool:
    """Take away every right to write, make or execute a file, to read one that is no code or font, to connect."""
    version = library.syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    if version < 1:
        return False
    files = (1 << FILE_RIGHTS.get(version, max(FILE_RIGHTS.values()))) - 1
    network = (1 << NETWORK_RIGHTS) - 1 if version >= NETWORK_SINCE else 0
    rules = struct.pack("QQ", files, network)[: 16 if version >= NETWORK_SINCE else 8]
    ruleset = library.syscall(CREATE_RULESET, rules, len(rules), 0)
    if ruleset < 0:
        return False
    for path in _code():
        _allow_reading(library, ruleset, path)
    done = library.syscall(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return bool(done == 0)


def _code() -> list[str]:
    """Folders of the interpreter, of packages, fonts, and this program; patterns are in memory by now."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    found = {*SYSTEM_LIBRARIES, *FONTS, sys.prefix, sys.base_prefix, package}
    found |= {path for path in sys.path if path and os.path.basename(path).endswith("-packages")}
    return sorted(path for path in found if os.path.isdir(path) and path != "/")


def _allow_reading(library: ctypes.CDLL, ruleset: int, path: str) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        library.syscall(ADD_RULE, ruleset, BENEATH_PATH, struct.pack("=Qi", READ, handle), 0)
    finally:
        os.close(handle)
