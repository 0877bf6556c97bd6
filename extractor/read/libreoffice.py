"""Runs LibreOffice for one conversion: own profile and folder, limits on time and memory, no macros, no network."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from extractor.errors import ReadError
from extractor.read.outside import converted_outside

PROGRAMS = ("soffice", "libreoffice")
PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:\\Program Files\\LibreOffice\\program\\soffice.exe",
)
SECONDS = 90  # wall and processor time of one conversion, unless the caller sets another
MEMORY = 4 << 30  # bytes of address space
WRITTEN = 500_000_000  # bytes of one file that may be written
FILTER = "docx:MS Word 2007 XML"
KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "FONTCONFIG_PATH")  # of the environment; no secrets go along
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def find_program() -> str | None:
    """Path of LibreOffice, None where it is not installed."""
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in PLACES if os.path.isfile(place)), None)


def convert(data: bytes, suffix: str, seconds: int = SECONDS) -> bytes:
    """``data`` as .docx, within ``seconds``; raises ReadError (type where LibreOffice is missing, timeout, damaged)."""
    outside = converted_outside(data)
    if outside is not None:
        return outside
    program = find_program()
    if program is None:
        raise ReadError("type", "the file is an old Office file; install LibreOffice, or save it as .docx or PDF")
    with tempfile.TemporaryDirectory(prefix="extract-") as folder:
        home = Path(folder)
        source, profile = home / f"report{suffix}", home / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        source.write_bytes(data)
        run(command(program, source, home), home, seconds)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise ReadError("damaged", "LibreOffice can't open the document (broken or locked); save it as .docx")
        return made.read_bytes()


def command(program: str, source: Path, home: Path) -> list[str]:
    """What is run, without a network where the system lets us leave it."""
    options = ["--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
    words = [program, f"-env:UserInstallation={(home / 'profile').as_uri()}", *options]
    words += ["--convert-to", FILTER, "--outdir", str(home), str(source)]
    alone = shutil.which("unshare")
    if alone and subprocess.run([alone, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        return [alone, "-rn", *words]
    return words


def run(words: list[str], home: Path, seconds: int) -> None:
    """Run the conversion in a process group of its own, which is ended as a whole."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {"HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
    limits = partial(limit, seconds) if sys.platform != "win32" else None
    process = subprocess.Popen(
        words, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, preexec_fn=limits,
    )  # fmt: skip
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ReadError("timeout", f"LibreOffice took more than {seconds} seconds; save it as .docx or PDF") from None
    finally:
        end_group(process)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End whatever is left of the conversion."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def limit(seconds: int) -> None:
    """Limits of the child, set before LibreOffice starts; ``seconds`` -- of processor time."""
    import resource

    for name, value in (("RLIMIT_CPU", seconds), ("RLIMIT_AS", MEMORY), ("RLIMIT_FSIZE", WRITTEN), ("RLIMIT_CORE", 0)):
        number = getattr(resource, name)
        _, highest = resource.getrlimit(number)
        wanted = value if highest == resource.RLIM_INFINITY else min(value, highest)
        resource.setrlimit(number, (wanted, wanted))
