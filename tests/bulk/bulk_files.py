"""Files for tests of bulk runs."""


def put(folder, *names):
    """Write small files, each with its name as content."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
