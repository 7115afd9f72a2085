"""Turn the bytes of a file into characters, whatever program saved it."""

_MARKED = (b"\xff\xfe", b"\xfe\xff")  # UTF-16 with its byte order mark
_UNMARKED = ((b"I\x00S\x00A\x00", "utf-16-le"), (b"\x00I\x00S\x00A", "utf-16-be"))


def characters(raw: bytes) -> str:
    """Return the text: UTF-8 (a byte order mark stays in front), UTF-16, or one byte a character. Never fails."""
    if raw.startswith(_MARKED):
        return raw.decode("utf-16", errors="replace")
    for start, encoding in _UNMARKED:
        if raw.startswith(start):
            return raw.decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
