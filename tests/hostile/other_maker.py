"""Writes pages, texts, mails and images that mean harm."""

import struct
import zlib

LINE = "全年主动公开政府信息1286条，举办培训3期。"
PARAGRAPHS = "".join(f"<p>{LINE}</p>" for _ in range(5))


def page(body, head=""):
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def remote(address):
    head = f"<base href='{address}'><meta http-equiv='refresh' content='0;url={address}'><link href='{address}'>"
    return page(
        f"{PARAGRAPHS}<img src='{address}'><iframe src='{address}'></iframe><script src='{address}'></script>", head
    )


def xhtml_entity(address):
    head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e SYSTEM "{address}">]>'
    return f"{head}<html><body>{PARAGRAPHS}<p>&e;</p></body></html>".encode()


def text(*lines):
    return ("青禾县2022年政府信息公开工作年度报告\n一、总体情况\n" + "\n".join([LINE, *lines]) + "\n").encode()


NUMBERS = (
    "公开" + "9" * 5000 + "条。",
    "公开1E999999999条，NaN条，Infinity条。",
    "公开" + "兆亿" * 500 + "条。",
    "公开" + "一百" * 2000 + "条。",
    "占比" + "99.9" * 2000 + "%。",
    "共" + "1," * 5000 + "1条。",
)
TERMINAL = LINE * 20 + "公开\x1b[2J\x1b]8;;http://x.example\x07链接\x1b]8;;\x0712条，\u202e\u2066\ufffe\uffff8条。"


def mail(body, headers=""):
    return f"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n{headers}\r\n{body}".encode()


def nested_mail(depth):
    body = "".join(
        f'--b{i}\r\nContent-Type: multipart/mixed; boundary="b{i + 1}"\r\n\r\n' for i in range(depth)
    ) + f"--b{depth}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{LINE}\r\n"  # fmt: skip
    return mail(body, 'Content-Type: multipart/mixed; boundary="b0"\r\n')


def many_headers(count):
    return mail(
        LINE, "".join(f"X-H{i}: {'a' * 50}\r\n" for i in range(count)) + "Content-Type: text/plain; charset=utf-8\r\n"
    )


def odd_charsets():
    body = "".join(
        f"--b\r\nContent-Type: text/plain; charset*0*=utf-8''%E5{c}\r\n\r\n{LINE}\r\n"
        for c in ("idna", "rot13", "\0", "zip")
    )
    return mail(body + "--b--", 'Content-Type: multipart/mixed; boundary="b"\r\n')


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(side=60_000):
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def looping_tiff():
    """A directory of pages whose last entry leads back to the first."""
    entries = [(256, 3, 1, 16), (257, 3, 1, 16), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 200), (279, 4, 1, 256)]
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries) + struct.pack("<I", 8)
    return (b"II*\0" + struct.pack("<I", 8) + body).ljust(200, b"\0") + b"\xff" * 256


def rtf(body):
    return b"{\\rtf1\\ansi\\ansicpg936 " + LINE.encode("gbk") + b"\\par " + body + b"}"


def looping_compound():
    """An old Word file whose sector table leads in a circle."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[24:34] = struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head[44:76] = struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0, 1, 0, 1)
    head[76:512] = struct.pack("<109I", *([0] * 109))
    table = struct.pack("<128I", *range(128))
    return bytes(head) + table + "WordDocument".encode("utf-16-le").ljust(512, b"\0") * 4
