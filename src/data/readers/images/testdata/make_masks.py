"""Writes deep.png, mask.png and gray_mask.png with nothing but struct and zlib, so that no decoder under test has made them."""

import struct
import zlib


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def write(name: str, width: int, rows: list, depth: int, colour: int, extra: bytes = b"") -> None:
    header = struct.pack(">IIBBBBB", width, len(rows), depth, colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b""))


deep = [[0, 1, 258, 65535, 65534, 256, 255, 257, 32768], [1, 2, 3, 4, 5, 6, 7, 8, 9]]
write("deep.png", 3, [struct.pack(">9H", *row) for row in deep], 16, 2)
palette = chunk(b"PLTE", bytes([0, 0, 0, 255, 0, 0, 0, 0, 255])) + chunk(b"tRNS", bytes([0, 255, 128]))
write("mask.png", 3, [bytes([0, 1, 2]), bytes([1, 0, 2])], 8, 3, palette)
write("gray_mask.png", 3, [bytes([0, 200, 7]), bytes([255, 1, 7])], 8, 0, chunk(b"tRNS", bytes([0, 7])))
