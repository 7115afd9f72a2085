"""What of the list of scenarios is shown: by duty, level, time and what was worked already."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from app.learning.scenario import Scenario
from app.store.queries.attempts import Standing

DUTIES = (
    ("journey", "The whole journey"), ("eligibility", "Eligibility and benefits"), ("coding", "Coding"),
    ("claims", "Claims"), ("follow-up", "Unpaid claims and denials"), ("payment-plans", "Payment plans"),
    ("payer-calls", "Calls to payers"), ("history", "Medical history"), ("confidentiality", "Confidentiality"),
    ("database", "Clinical databases"), ("outcomes", "Outcomes"), ("registry", "Registry"), ("audit", "Audit"),
)
LEVELS = {"1": "1, first steps", "2": "2, a working day", "3": "3, demanding"}
TIMES = {"15": "up to 15 minutes", "20": "up to 20 minutes", "30": "up to 30 minutes"}
STATES = {"new": "not worked yet", "open": "under way", "done": "worked"}
NOTHING = Standing()


class Wanted(Struct, frozen=True):
    """What was asked for; "" is everything."""

    duty: str = ""
    level: str = ""
    time: str = ""
    state: str = ""

    def meets(self, scenario: Scenario, standing: Standing) -> bool:
        """Whether the scenario is to be shown to somebody who stands so with it."""
        return (self.duty in ("", scenario.duty) and self.level in ("", str(scenario.level))
                and (not self.time or scenario.minutes <= int(self.time)) and self.state in ("", standing.state))


class Select(Struct, frozen=True):
    """A box to choose from: (value, words) each; `chosen` is one of the values."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def wanted(args: Mapping[str, str]) -> Wanted:
    """Read what an address asks for. What it does not know asks for nothing."""
    known: dict[str, Collection[str]] = {"duty": dict(DUTIES), "level": LEVELS, "time": TIMES, "state": STATES}
    return Wanted(**{name: args[name] for name, values in known.items() if args.get(name) in values})


def selects(asked: Wanted, scenarios: Collection[Scenario]) -> tuple[Select, ...]:
    """Return the boxes to choose by. Duties that no scenario has are left out; each other says how many it has."""
    by_duty = Counter(s.duty for s in scenarios)
    duties = tuple((duty, f"{words} ({by_duty[duty]})") for duty, words in DUTIES if by_duty[duty])  # type: ignore[index]
    return (
        Select("duty", "Duty", (("", f"All ({len(scenarios)})"), *duties), asked.duty),
        Select("level", "Level", (("", "All levels"), *LEVELS.items()), asked.level),
        Select("time", "Time", (("", "Any length"), *TIMES.items()), asked.time),
        Select("state", "Your work", (("", "All"), *STATES.items()), asked.state),
    )


def first(scenarios: Iterable[Scenario]) -> Scenario | None:
    """Return what somebody new begins with: the easiest, then the shortest."""
    return min(scenarios, key=lambda s: (s.level, s.minutes, s.title), default=None)
