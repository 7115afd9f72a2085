"""The envelope of a file: interchange, functional group, transaction sets, with their counts and control numbers."""

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from app.billing.x12.segments import TERMINATOR, day

Kind = Literal["837P", "837I", "835", "999", "277CA", "270", "271", "276", "277"]
SENDER, RECEIVER = "CHARTROOM", "TRAININGHOUSE"


class _Form(Struct, frozen=True):
    functional: str  # GS01
    transaction: str  # ST01
    version: str  # GS08 and ST03
    implementation: bool  # whether ST carries the version


# Implementation guides named by 45 CFR 162.1102 to 162.1602 (005010), and the acknowledgments beside them.
FORMS: dict[Kind, _Form] = {
    "837P": _Form("HC", "837", "005010X222A1", True), "837I": _Form("HC", "837", "005010X223A2", True),
    "835": _Form("HP", "835", "005010X221A1", False), "999": _Form("FA", "999", "005010X231A1", True),
    "277CA": _Form("HN", "277", "005010X214", True), "270": _Form("HS", "270", "005010X279A1", True),
    "271": _Form("HB", "271", "005010X279A1", True), "276": _Form("HR", "276", "005010X212", True),
    "277": _Form("HN", "277", "005010X212", True),
}


def interchange(kind: Kind, transactions: Sequence[Sequence[str]], *, control: int, made: dt.datetime,
                sender: str = SENDER, receiver: str = RECEIVER) -> str:
    """Return a whole file with one functional group; each of `transactions` is the body between ST and SE.

    `control` is the interchange control number (1 to 999999999), `made` the naive local time of the file. Files of
    this office are always test files (ISA15 `T`).
    """
    form = FORMS[kind]
    written, time = day(made), f"{made.hour:02d}{made.minute:02d}"
    segments = [
        f"ISA*00*          *00*          *ZZ*{sender:<15}*ZZ*{receiver:<15}*{written[2:]}*{time}*^*00501*{control:09d}"
        "*0*T*:",
        f"GS*{form.functional}*{sender}*{receiver}*{written}*{time}*{control}*X*{form.version}",
    ]
    for number, body in enumerate(transactions, start=1):
        set_control = f"{number:04d}"
        version = f"*{form.version}" if form.implementation else ""
        segments.append(f"ST*{form.transaction}*{set_control}{version}")
        segments.extend(body)
        segments.append(f"SE*{len(body) + 2}*{set_control}")
    segments += (f"GE*{len(transactions)}*{control}", f"IEA*1*{control:09d}", "")
    return (TERMINATOR + "\n").join(segments)
