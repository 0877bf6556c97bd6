"""Reads one file under limits and prints what came of it as one line of JSON: python child.py PATH MEMORY CPU."""

import json
import resource
import sys

EVENTS = ("socket.connect", "socket.getaddrinfo", "os.exec", "os.posix_spawn", "os.system", "urllib.Request")


def main(path, memory, seconds):
    from extractor import extract
    from extractor.errors import ReadError

    extract("一、总体情况\n公开3条。".encode(), name="warm.txt")
    seen = []
    sys.addaudithook(lambda event, arguments: seen.append(event) if event in EVENTS else None)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    outcome = {"state": "done", "reason": "", "message": "", "text": 0, "facts": 0, "warnings": []}
    try:
        report = extract(path)
        outcome.update(text=len(report.document.text), facts=len(report.facts))
        outcome["warnings"] = sorted({notice.code for notice in report.warnings})
        wrong = [f.id for f in report.facts if report.document.text[f.evidence.span[0] : f.evidence.span[1]] != f.raw]
        json.dumps(report.to_dict(), allow_nan=False)
        outcome["leak"] = "canary-7f3a" in report.document.text
        outcome["evidence_wrong"] = len(wrong)
    except ReadError as refused:
        outcome.update(state="failed", reason=refused.reason, message=str(refused))
    except MemoryError:
        outcome.update(state="failed", reason="memory")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    outcome.update(peak_mib=usage.ru_maxrss // 1024, cpu=round(usage.ru_utime + usage.ru_stime, 1), events=seen)
    print(json.dumps(outcome, ensure_ascii=True))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
