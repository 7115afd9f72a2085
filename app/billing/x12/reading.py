"""Read an X12 file of any origin: 837P, 837I and 835 with a summary of each claim, every other kind segment by segment.

    file = read(path.read_text())
    print(as_text(file, summary=True))
"""

from msgspec.structs import replace

from app.billing.x12 import words
from app.billing.x12.reading_claims import claims
from app.billing.x12.reading_cut import cut
from app.billing.x12.reading_envelope import Span, walk
from app.billing.x12.reading_loops import kind_of, kinds, place
from app.billing.x12.reading_model import ClaimRow, File, Problem, Segment, Transaction, X12Error
from app.billing.x12.reading_payments import balance, payment, payments, provider_level
from app.billing.x12.reading_print import as_text
from app.billing.x12.words_values import date

__all__ = ["File", "Problem", "Segment", "Transaction", "X12Error", "as_text", "read"]

_ENVELOPE = {"ISA": ("Interchange", "envelope"), "IEA": ("Interchange", "envelope"), "TA1": ("Interchange", "envelope"),
             "GS": ("Group", "envelope"), "GE": ("Group", "envelope")}


def read(text: str, *, limit: int | None = None) -> File:
    """Return the file in segments with their words, and its claims.

    Raises X12Error when it is damaged: with every problem, and with what could be read as `error.file` (None when there
    was nothing to read). `limit`: the most characters that are taken. What does not add up inside a claim is no damage:
    it stands with the claim.
    """
    if limit is not None and len(text) > limit:
        raise X12Error([Problem(f"the file has {len(text):,} characters; at most {limit:,} are read here")])
    before, raw = cut(text)
    spans, problems = walk(raw)
    placed = {segment.number: segment for segment in raw}
    transactions = []
    for span in spans:
        inside = raw[span.st.number - 1:span.last]
        kind = kind_of(span.st, span.gs, inside)
        known = tuple(place(inside, kind))
        if kind not in kinds() and known:
            known = (replace(known[0], notes=(*known[0].notes, f"transaction {kind} is not in our tables: its segments "
                                              "are shown without their loops")), *known[1:])
        placed.update((segment.number, segment) for segment in known)
        transactions.append(_transaction(span, kind, known))
    file = File(before, tuple(_said(segment) for segment in placed.values()), tuple(transactions), problems)
    if problems:
        raise X12Error(problems, file)
    return file


def _said(segment: Segment) -> Segment:
    loop, where = _ENVELOPE.get(segment.id, (segment.loop, segment.place))
    notes = segment.notes
    if segment.id not in words.all_words() and words.is_name(segment.id):
        notes += (f"{segment.id} is not in our tables",)
    return replace(segment, loop=loop, place=where, words=words.say(segment), notes=notes)


def _transaction(span: Span, kind: str, segments: tuple[Segment, ...]) -> Transaction:
    st, gs = span.st, span.gs
    rows: tuple[ClaimRow, ...] = ()
    paid = ""
    totals: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    if kind in ("837P", "837I", "837D"):
        rows = tuple(claims(segments))
    elif kind == "835":
        rows = payments(segments)
        paid, wrong = payment(segments), balance(segments, rows)
        totals = tuple(said for _, said in provider_level(segments))
    title = kinds()[kind].title if kind in kinds() else f"Transaction {kind}"
    return Transaction(
        kind=kind, title=title, control=st.at(2), version=st.at(3) or (gs.at(8) if gs else ""),
        sender=gs.at(2) if gs else "", receiver=gs.at(3) if gs else "", on=date(gs.at(4), gs.marks) if gs else "",
        first=st.number, last=span.last, claims=rows, payment=paid, totals=totals, wrong=wrong,
    )
