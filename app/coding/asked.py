"""What a query asks for, held against the words of a title: made ready once, because a hundred titles are ranked."""

from collections.abc import Iterable, Sequence

from app.coding.query import Part, Phrase, content, singular


class Asked:
    """The ideas of a query as words without plural endings."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._ideas = tuple(tuple(_ready(phrase) for phrase in (part.typed, *part.meant)) for part in parts)

    def beside(self, key: Iterable[str]) -> tuple[int, int]:
        """Return how many words a title with the words `key` lacks, and how many it has beyond those asked for.

        Of an idea's alternatives the one counts of which the title has most.
        """
        has = frozenset(key)
        wanted: set[str] = set()
        for alternatives in self._ideas:
            best = alternatives[0]
            if len(alternatives) > 1:
                best = min(alternatives, key=lambda phrase: sum(word not in has for word in phrase[0]))
            wanted.update(best[1])
        return len(wanted - has), len(has - wanted)


def _ready(phrase: Phrase) -> tuple[Phrase, Phrase]:
    return tuple(map(singular, content(phrase))), tuple(map(singular, phrase))
