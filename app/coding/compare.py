"""Hold a coder's diagnoses against the reviewer's, code over code, as coding audits do.

A code is right, near (the right disease, but not the right code), missing, or extra. Accuracy is right codes over
the reviewer's codes; the strict figure also counts what was coded beyond them (the over-coding penalty some auditors
apply). Shares are whole hundredths of a percent: 9,500 is the field's bar of 95 %.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from app.coding import nearness
from app.coding.editions import CodeIndex
from app.coding.model import CodedDiagnosis, bare, dotted
from app.coding.nearness import Nearness, remark

Outcome = Literal["exact", "near", "missing", "extra"]
__all__ = ["CodedDiagnosis", "Compared", "Comparison", "compare"]


class Compared(Struct, frozen=True):
    """One line: `key` is "" on an extra code, `given` "" on a missing one. `poa` is "" where it is not compared."""

    outcome: Outcome
    key: str
    given: str
    near: Nearness = ""
    poa: Literal["right", "wrong", ""] = ""
    remark: str = ""


class Comparison(Struct, frozen=True):
    """The lines in the reviewer's order, then the extra ones. Shares are hundredths of a percent.

    `first_right`: the principal or first-listed code is right. `order_right`: the right codes stand in the reviewer's
    order. `poa_accuracy` is None when the reviewer gave no indicator.
    """

    lines: tuple[Compared, ...]
    accuracy: int
    strict_accuracy: int
    first_right: bool
    order_right: bool
    poa_accuracy: int | None
    findings: tuple[str, ...]


def compare(key: Sequence[CodedDiagnosis], given: Sequence[CodedDiagnosis],
            index: CodeIndex | None = None) -> Comparison:
    """Compare `given` with the reviewer's `key`. `index` tells titles, which a finding about laterality needs."""
    titles = _titles((*key, *given), index)
    pairs = _pairs(key, given, titles)
    lines = [_line(d, given[pairs[i]] if i in pairs else None, titles) for i, d in enumerate(key)]
    taken = set(pairs.values())
    lines += [_extra(d, given[:i]) for i, d in enumerate(given) if i not in taken]
    exact = [(i, j) for i, j in sorted(pairs.items()) if bare(key[i].code) == bare(given[j].code)]
    extras = sum(line.outcome == "extra" for line in lines)
    first_right, order = (0, 0) in exact, [j for _, j in exact]
    return Comparison(
        lines=tuple(lines), accuracy=_share(len(exact), len(key)),
        strict_accuracy=_share(len(exact), len(key) + extras), first_right=first_right,
        order_right=order == sorted(order), poa_accuracy=_poa_accuracy(key, lines),
        findings=tuple(_findings(key, given, lines, first_right)),
    )


def _titles(diagnoses: Iterable[CodedDiagnosis], index: CodeIndex | None) -> dict[str, str]:
    titles: dict[str, str] = {}
    for diagnosis in diagnoses:
        found = index.look_up(diagnosis.code) if index and not diagnosis.title else None
        titles[bare(diagnosis.code)] = found.title if found else diagnosis.title or titles.get(bare(diagnosis.code), "")
    return titles


def _pairs(key: Sequence[CodedDiagnosis], given: Sequence[CodedDiagnosis], titles: dict[str, str]) -> dict[int, int]:
    """Return which given code answers which key code: the same codes first, then the nearest of the same category."""
    judged = sorted((nearness.rank(bare(k.code), bare(g.code), titles), i, j)
                    for i, k in enumerate(key) for j, g in enumerate(given))
    pairs: dict[int, int] = {}
    for rank, i, j in judged:
        if rank < nearness.FAR and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _line(key: CodedDiagnosis, given: CodedDiagnosis | None, titles: dict[str, str]) -> Compared:
    if given is None:
        return Compared("missing", key.code, "", remark=f"{key.code} was not coded.")
    poa: Literal["right", "wrong"] = "right" if key.poa == given.poa else "wrong"
    near = nearness.kind(bare(key.code), bare(given.code), titles)
    if not near:
        return Compared("exact", key.code, given.code, poa=poa)
    return Compared("near", key.code, given.code, near, poa, remark(near, key.code, dotted(given.code)))


def _extra(diagnosis: CodedDiagnosis, before: Sequence[CodedDiagnosis]) -> Compared:
    again = any(bare(d.code) == bare(diagnosis.code) for d in before)
    code = dotted(diagnosis.code)
    return Compared("extra", "", diagnosis.code, remark=f"{code} is given twice." if again else
                    f"{code} is coded beyond what the reviewer found supported.")


def _poa_accuracy(key: Sequence[CodedDiagnosis], lines: Sequence[Compared]) -> int | None:
    """Of the reviewer's codes, those coded right with the right indicator, over those coded right."""
    exact = [line for line in lines if line.outcome == "exact"]
    if not exact or all(diagnosis.poa is None for diagnosis in key):
        return None
    return _share(sum(line.poa == "right" for line in exact), len(exact))


def _findings(key: Sequence[CodedDiagnosis], given: Sequence[CodedDiagnosis], lines: Sequence[Compared],
              first_right: bool) -> list[str]:
    found = [line.remark for line in lines if line.remark]
    if key and given and not first_right:
        later = any(bare(d.code) == bare(key[0].code) for d in given[1:])
        found.insert(0, f"{key[0].code} belongs first" + (", and stands further down." if later else
                                                          f"; {dotted(given[0].code)} stands there."))
    if any(d.poa is not None for d in key):
        found += [f"{line.key}: the present-on-admission indicator is not right."
                  for line in lines if line.outcome == "exact" and line.poa == "wrong"]
    return found


def _share(part: int, whole: int) -> int:
    return part * 10_000 // whole if whole else 0
