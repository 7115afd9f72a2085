"""Reading SQL: a small drawn table, a query, and what it returns. The tables stand in the stem in one line each."""

import datetime as dt

from app.world.seed import Stream
from question_bank.templates.drawing import Choice, Draw, Template, makers, rounded, three
from question_bank.templates.wording import SURNAMES, UNITS, in_words, table

WRITTEN = dt.date(2026, 11, 25)
AGGREGATE = "postgresql-documentation-aggregate-functions"
COMPARISON = "postgresql-documentation-comparison-functions-operators"
GROUPING = "postgresql-documentation-group-by-having-clauses"
JOINED = "postgresql-documentation-table-expressions-joined-tables"
SORTING = "postgresql-documentation-select-distinct-order-limit"
LOGIC = "postgresql-documentation-logical-operators"
PATTERN = "postgresql-documentation-pattern-matching"
ASKED = ("What does it return?", "What is the result?", "What comes back?",
         "Which result does the database give?")
WHO = ("An analyst runs", "A report uses", "A student runs", "The registry's report runs", "A coding manager runs")
DATED = (("REQUEST", "id", "closed_on"), ("QUERY", "id", "answered_on"), ("CHART", "id", "signed_on"), ("APPEAL", "id",
    "decided_on"),
         ("CLAIM", "id", "paid_on"))
PAYERS = ("Medicare", "Medicaid", "Commercial", "Self-pay")
CODES = ("E11.9", "E11.65", "E11.22", "E10.9", "I10", "I11.0", "I50.9", "I50.23", "J44.1", "J18.9", "N18.6", "N39.0")


def _asked(stream: Stream, tables: str, query: str) -> str:
    """Return the stem with the tables and the query below it."""
    for word in (" WHERE ", " GROUP BY ", " ORDER BY ", " LEFT JOIN ", " JOIN "):
        if word != " JOIN " or "LEFT JOIN" not in query:
            query = query.replace(word, f"\n\t{word.strip()} ")
    what = stream.one((f"{stream.one(WHO)} the query below.", f"{stream.one(WHO)} this query on the data shown.",
                       "Read the data and the query below."))
    return f"{what} {stream.one(ASKED)}{tables}\n\t{query};"


def _day(stream: Stream) -> str:
    return f"{stream.one(('Mar', 'Apr', 'May', 'Jun'))} {stream.whole(1, 28)}"


def _count_column(stream: Stream) -> Draw:
    """COUNT of a column: nulls are not counted."""
    name, first, column = stream.one(DATED)
    filled, empty = stream.whole(3, 5), stream.whole(1, 3)
    days = [_day(stream) for _ in range(filled - 1)]
    days.append(days[0])
    rows = list(enumerate(stream.shuffled([*days, *[None] * empty]), stream.whole(11, 60)))
    key = Choice(str(filled), f"COUNT({column}) counts the rows in which {column} is not null: {filled}.")
    return Draw(_asked(stream, table(name, (first, column), rows), f"SELECT COUNT({column}) FROM {name}"), key, three(
        key,
        Choice(str(filled + empty), "This counts all rows, as COUNT(*) would."),
        Choice(str(len(set(days))), "This counts each date once, as COUNT(DISTINCT …) would."),
        Choice(str(empty), "These are the rows in which the column is null: the ones left out."),
        Choice("NULL", "One null makes a sum of two columns null. An aggregate passes nulls over."),
    ))


def _count_distinct(stream: Stream) -> Draw:
    """COUNT(DISTINCT …): patients, not visits."""
    patients = [f"P{number}" for number in stream.some(range(11, 60), stream.whole(3, 4))]
    seen = stream.shuffled([*patients, *[stream.one(patients) for _ in range(stream.whole(2, 4))]])
    rows = [(f"V{i}", patient, stream.one(("clinic", "emergency", "surgery"))) for i, patient in enumerate(seen, 1)]
    stem = _asked(stream, table("VISIT", ("visit", "patient", "place"), rows), "SELECT COUNT(DISTINCT patient) FROM "
        "VISIT")
    key = Choice(str(len(patients)), f"Different patients: {in_words(sorted(set(seen)))}, which is {len(patients)}.")
    places = len({place for _, _, place in rows})
    once = sum(seen.count(patient) == 1 for patient in patients)
    return Draw(stem, key, three(
        key,
        Choice(str(len(seen)), "This counts visits: DISTINCT was overlooked."),
        Choice(str(once), "This counts the patients with one visit only."),
        Choice(str(len(seen) - len(patients)), "These are the repeated rows, those that DISTINCT leaves out."),
        Choice(str(places), "This counts the places."),
        Choice(str(len(seen) + len(patients)), "This adds rows and patients."),
    ))


def _joined_rows(stream: Stream) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]], dict[int, int]]:
    """Return rows of STAY and of QUERY, and how many queries each stay has."""
    stays = sorted(stream.some(range(101, 140), 5))
    counts = dict(zip(stays, stream.shuffled([0, 0, 1, 2, stream.whole(1, 3)]), strict=True))
    units = stream.some(UNITS, 3)
    left: list[tuple[object, ...]] = [(stay, stream.one(units)) for stay in stays]
    asked = [stay for stay, count in counts.items() for _ in range(count)]
    right: list[tuple[object, ...]] = [(f"Q{i}", stay) for i, stay in enumerate(stream.shuffled(asked), 1)]
    return left, right, counts


def _inner_join(stream: Stream) -> Draw:
    """Rows of an inner join: one for each pair that matches."""
    left, right, counts = _joined_rows(stream)
    tables = table("CLAIM", ("claim", "payer"), [(number, stream.one(PAYERS)) for number, _ in left])
    tables += table("APPEAL", ("appeal", "claim"), [(f"L{number}", claim) for number, (_, claim) in enumerate(right,
        1)])
    query = "SELECT COUNT(*) FROM CLAIM JOIN APPEAL ON APPEAL.claim = CLAIM.claim"
    total, with_any = sum(counts.values()), sum(count > 0 for count in counts.values())
    key = Choice(str(total), f"A row for each appeal with its claim: {total}. Claims without an appeal fall away; a "
                             f"claim with two appeals appears twice.")
    return Draw(_asked(stream, tables, query), key, three(
        key,
        Choice(str(total + len(left) - with_any), "This keeps the claims without an appeal, as a LEFT JOIN would."),
        Choice(str(with_any), "This counts each claim that has an appeal once."),
        Choice(str(len(left)), "This counts the claims."),
        Choice(str(len(left) * len(right)), "This pairs every claim with every appeal, as without ON."),
    ))


def _left_join(stream: Stream) -> Draw:
    """Rows of a left join, all of them or those with a match, as drawn."""
    left, right, counts = _joined_rows(stream)
    tables = table("STAY", ("stay", "unit"), left) + table("QUERY", ("query", "stay"), right)
    total, none = sum(counts.values()), sum(count == 0 for count in counts.values())
    column = stream.one(("*", "QUERY.query"))
    query = f"SELECT COUNT({column}) FROM STAY LEFT JOIN QUERY ON QUERY.stay = STAY.stay"
    every = Choice(str(total + none), f"{total} rows with a query, and one row for each of the {none} stays without: "
                                      f"{total + none} rows.")
    matched = Choice(str(total), f"Of the joined rows, {total} have a query; in the others QUERY.query is null, and "
                                 f"COUNT of a column passes nulls over.")
    key, other = (every, Choice(str(total), "This leaves out the stays without a query, as an inner join "
                                            "would.")) if column == "*" else (
        matched, Choice(str(total + none), "This counts the rows in which the query is null as well."))
    return Draw(_asked(stream, tables, query), key, three(
        key, other,
        Choice(str(len(left)), "This counts the stays, as if each could have one query at most."),
        Choice(str(len(left) - none), "This counts the stays that have a query, each once."),
        Choice(str(len(left) * len(right)), "This pairs every stay with every query."),
    ))


def _without_match(stream: Stream) -> Draw:
    """Stays without a query: a left join, and the rows in which the right side is null."""
    left, right, counts = _joined_rows(stream)
    tables = table("STAY", ("stay", "unit"), left) + table("QUERY", ("query", "stay"), right)
    query = ("SELECT STAY.stay FROM STAY LEFT JOIN QUERY ON QUERY.stay = STAY.stay WHERE QUERY.query IS NULL "
             "ORDER BY STAY.stay")
    stays = sorted(counts)
    def those(kept: list[int]) -> str:
        return ", ".join(map(str, kept)) if kept else "No row"
    key = Choice(those([stay for stay in stays if counts[stay] == 0]), "The left join keeps every stay; where no query "
        "matches, its columns are null. The condition keeps just these.")
    return Draw(_asked(stream, tables, query), key, three(
        key,
        Choice(those([stay for stay in stays if counts[stay] > 0]), "These are the stays that have a query: what an "
                                                                    "inner join would keep."),
        Choice(those([]), "A left join fills the missing side with nulls, so IS NULL finds rows."),
        Choice(those(stays), "These are all stays. The condition after the join leaves some out."),
    ))


def _having(stream: Stream) -> Draw:
    """GROUP BY with HAVING: which groups are left."""
    names = sorted(stream.some(SURNAMES, 4))
    counts = stream.shuffled([1, 2, 3, stream.whole(2, 4)])
    limit = 2
    rows = stream.shuffled([name for name, count in zip(names, counts, strict=True) for _ in range(count)])
    listing = table("RETURNED", ("account", "coder"), [(f"A{i}", name) for i, name in enumerate(rows, 21)])
    sign = stream.one((">", ">="))
    query = f"SELECT coder FROM RETURNED GROUP BY coder HAVING COUNT(*) {sign} {limit} ORDER BY coder"
    def those(low: int) -> str:
        return ", ".join(name for name, count in zip(names, counts, strict=True) if count >= low)
    low = limit + (sign == ">")
    key = Choice(those(low), "Rows for each coder: "
                             f"{in_words([f'{name} {count}' for name, count in zip(names, counts, strict=True)])}. "
                             f"Kept: those with COUNT(*) {sign} {limit}.")
    return Draw(_asked(stream, listing, query), key, three(
        key,
        Choice(those(2 * limit + 1 - low), f"This takes {sign} for {'>=' if sign == '>' else '>'}: look at the coder "
                                           f"with just {limit}."),
        Choice(", ".join(name for name, count in zip(names, counts, strict=True) if count < low),
               "These are the groups that the condition leaves out."),
        Choice(", ".join(names), "These are all groups. HAVING leaves some out."),
        Choice(those(max(counts)), "These are the largest groups alone."),
    ))


def _not_equal(stream: Stream) -> Draw:
    """A comparison with null is not true: rows with null are not found by <>."""
    wanted = stream.one(("home", "died", "transfer"))
    others = [place for place in ("home", "died", "transfer", "hospice") if place != wanted]
    same, different, empty = stream.whole(1, 3), stream.whole(2, 4), stream.whole(1, 3)
    values = stream.shuffled([*[wanted] * same, *[stream.one(others) for _ in range(different)], *[None] * empty])
    rows = list(enumerate(values, stream.whole(31, 80)))
    stem = _asked(stream, table("DISCHARGE", ("id", "left_to"), rows), "SELECT COUNT(*) FROM DISCHARGE WHERE left_to "
        f"<> '{wanted}'")
    key = Choice(str(different), f"Rows with a value other than {wanted}: {different}. In the {empty} with null the "
                                 f"comparison is unknown, and the row is not kept.")
    return Draw(stem, key, three(
        key,
        Choice(str(different + empty), "This counts the nulls as different. A comparison with null is unknown."),
        Choice(str(same), f"These are the rows with {wanted}."),
        Choice(str(same + different + empty), "This counts all rows."),
        Choice(str(same + different), "This counts all rows that have a value."),
    ))


def _between(stream: Stream) -> Draw:
    """BETWEEN takes both ends in."""
    low = stream.whole(2, 6)
    high = low + stream.whole(3, 6)
    days = stream.shuffled([low, high, *[stream.whole(low + 1, high - 1) for _ in range(stream.whole(1, 3))], low - 1,
                            high + stream.whole(1, 9), high + stream.whole(10, 20)])
    rows = list(enumerate(days, stream.whole(201, 260)))
    stem = _asked(stream, table("STAY", ("id", "days"), rows), f"SELECT COUNT(*) FROM STAY WHERE days BETWEEN {low} "
                                                               f"AND {high}")
    inside = sum(low <= day <= high for day in days)
    key = Choice(str(inside), f"BETWEEN takes both ends in: days from {low} to {high}, which is {inside} rows.")
    return Draw(stem, key, three(
        key,
        Choice(str(sum(low < day < high for day in days)), f"This leaves out the rows with {low} and {high}."),
        Choice(str(sum(low <= day < high for day in days)), f"This takes {low} in and leaves {high} out."),
        Choice(str(len(days) - inside), "These are the rows outside."),
        Choice(str(sum(day >= low for day in days)), "This looks at the lower end only."),
    ))


def _limited(stream: Stream) -> Draw:
    """ORDER BY … DESC LIMIT: the first rows of the sorted result."""
    names = stream.some(SURNAMES, 5)
    column, values = stream.one((("days", stream.some(range(1, 30), 5)), ("charge", stream.some(range(900, 9900, 50),
        5)), ("queries", stream.some(range(1, 40), 5))))
    rows = list(zip(names, values, strict=True))
    limit = stream.one((2, 3))
    down = stream.chance(70)
    stem = _asked(stream, table("CASELOAD", ("name", column), rows), "SELECT name FROM CASELOAD ORDER BY "
                                                                     f"{column}{' DESC' if down else ''} LIMIT {limit}")
    by_value = [name for name, _ in sorted(rows, key=lambda row: row[1], reverse=down)]
    wrong_way = by_value[::-1]
    key = Choice(", ".join(by_value[:limit]), f"Sorted by {column}, the {'largest' if down else 'smallest'} first: "
                                              f"{', '.join(by_value)}. The first {limit} are returned.")
    return Draw(stem, key, three(
        key,
        Choice(", ".join(wrong_way[:limit]), "This sorts the wrong way: " + (
            "DESC puts the largest first." if down else "without DESC the smallest comes first.")),
        Choice(", ".join(names[:limit]), "These are the first rows as they stand. The rows are sorted before LIMIT."),
        Choice(", ".join(sorted(names)[:limit]), "This sorts by name."),
        Choice(", ".join(by_value[:limit + 1]), "This is one row too many."),
    ))


def _average(stream: Stream) -> Draw:
    """AVG passes nulls over: they are not zeros."""
    filled, empty = stream.whole(3, 5), stream.whole(1, 3)
    values: list[int | None] = [stream.whole(2, 30) for _ in range(filled)]
    total = sum(value for value in values if value is not None)
    column, name = stream.one((("minutes", "CALL"), ("days", "REQUEST"), ("score", "REVIEW"), ("hours", "TICKET")))
    rows = list(enumerate(stream.shuffled([*values, *[None] * empty]), stream.whole(51, 90)))
    stem = _asked(stream, table(name, ("id", column), rows), f"SELECT ROUND(AVG({column}), 1) FROM {name}")
    key = Choice(rounded(total, filled, 1), f"AVG takes the {filled} rows that have a value: {total} / {filled} = "
                                            f"{rounded(total, filled, 1)}.")
    return Draw(stem, key, three(
        key,
        Choice(rounded(total, filled + empty, 1), f"This divides by all {filled + empty} rows, as if null were zero."),
        Choice(rounded(total, 1, 1), "This is the sum."),
        Choice("NULL", "A null in a column does not spoil an aggregate: it is passed over."),
    ))


def _precedence(stream: Stream) -> Draw:
    """AND binds more closely than OR."""
    first, second = stream.some(PAYERS, 2)
    limit = stream.whole(20, 60)
    plan = stream.shuffled([(first, 1), (first, 1), (first, 0), (second, 1), (second, 0), (second,
        0) if stream.chance(50) else (second, 1), (next(p for p in PAYERS if p not in (first, second)), 1)])
    rows = [(f"C{i}", payer, limit + stream.whole(1, 40) if old else limit - stream.whole(1, 15)) for i, (payer,
        old) in enumerate(plan, 1)]
    query = f"SELECT claim FROM CLAIM WHERE payer = '{first}' OR payer = '{second}' AND days > {limit} ORDER BY claim"
    stem = _asked(stream, table("CLAIM", ("claim", "payer", "days"), rows), query)
    def those(*kept: bool) -> str:
        return ", ".join(row[0] for row, keep in zip(rows, kept, strict=True) if keep)
    key = Choice(those(*(p == first or (p == second and d > limit) for _, p, d in rows)), "AND goes before OR: all "
        f"claims of {first}, and those of {second} with more than {limit} days.")
    return Draw(stem, key, three(
        key,
        Choice(those(*(p in (first, second) and d > limit for _, p, d in rows)), f"This reads (payer = '{first}' OR "
            f"payer = '{second}') AND days > {limit}. Without the parentheses AND goes first."),
        Choice(those(*(p in (first, second) for _, p, d in rows)), "This leaves the condition on days out."),
        Choice(those(*(d > limit for _, p, d in rows)), "This looks at the days only."),
        Choice(those(*(p == second and d > limit for _, p, d in rows)), f"This leaves out the claims of {first}."),
    ))


def _pattern(stream: Stream) -> Draw:
    """LIKE with a percent sign: everything that begins so."""
    begins = stream.one(("E11", "I50", "E1", "I", "J", "N", "I1"))
    kept = [code for code in CODES if code.startswith(begins)]
    codes = stream.shuffled([*kept[:3], *stream.some([code for code in CODES if not code.startswith(begins)], 3)])
    rows = [(f"D{i}", code) for i, code in enumerate(codes, stream.whole(1, 30))]
    stem = _asked(stream, table("DIAGNOSIS", ("id", "code"), rows), "SELECT id FROM DIAGNOSIS WHERE code LIKE "
                                                                    f"'{begins}%'")
    def those(*keep: bool) -> str:
        found = ", ".join(row[0] for row, one in zip(rows, keep, strict=True) if one)
        return found or "No row"
    key = Choice(those(*(code.startswith(begins) for code in codes)), "The percent sign stands for anything, or "
                                                                      f"nothing: all codes that begin with {begins}.")
    return Draw(stem, key, three(
        key,
        Choice(those(*(code == begins for code in codes)), "This asks for the code itself. LIKE with a percent sign "
                                                           "asks for a beginning."),
        Choice(those(*(not code.startswith(begins) for code in codes)), "These are the rows that NOT LIKE would "
            "return."),
        Choice(those(*(code[0] == begins[0] for code in codes)), "This looks at the first letter only."),
        Choice(those(*(True for _ in codes)), "This takes the percent sign as a wish for all rows."),
        Choice(those(*(code.startswith(begins) and i == [code.startswith(begins) for code in codes].index(True) for i,
                       code in enumerate(codes))), "This stops at the first row that fits."),
    ), tuple(sorted(codes)))


TEMPLATES = makers(
    (Template("t-sql-count-column", ("3.2",), "application", AGGREGATE, WRITTEN), _count_column),
    (Template("t-sql-count-distinct", ("3.2",), "application", AGGREGATE, WRITTEN), _count_distinct),
    (Template("t-sql-inner-join", ("3.2",), "analysis", JOINED, WRITTEN), _inner_join),
    (Template("t-sql-left-join", ("3.2",), "analysis", JOINED, WRITTEN), _left_join),
    (Template("t-sql-without-match", ("3.2",), "analysis", JOINED, WRITTEN), _without_match),
    (Template("t-sql-having", ("3.2",), "application", GROUPING, WRITTEN), _having),
    (Template("t-sql-not-equal", ("3.2",), "analysis", COMPARISON, WRITTEN), _not_equal),
    (Template("t-sql-between", ("3.2",), "application", COMPARISON, WRITTEN), _between),
    (Template("t-sql-limit", ("3.2",), "application", SORTING, WRITTEN), _limited),
    (Template("t-sql-average", ("3.2", "3.5"), "application", AGGREGATE, WRITTEN), _average),
    (Template("t-sql-precedence", ("3.2",), "analysis", LOGIC, WRITTEN), _precedence),
    (Template("t-sql-pattern", ("3.2",), "application", PATTERN, WRITTEN), _pattern),
)
