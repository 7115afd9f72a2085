"""Small exports for the tests: a few kinds of visit, chunks of ten."""

from app.coding.editions import SqliteCodeIndex
from app.export.order import make_order
from app.export.run import export
from app.learning.population import population
from app.world.generate import Wish
from tests.codes import built_index

WISH = Wish(templates=("asthma_office", "cystitis", "knee_replacement", "pneumonia_copd", "sleep_apnea_device",
                       "well_child"))


def order(kind="csv", count=35, seed="autumn"):
    return make_order(seed, count, kind, WISH, chunk=10)


def write(folder, kind="csv", count=35, seed="autumn", **how):
    return export(order(kind, count, seed), folder, built_index(), **how)


def drawn(count=35, seed="autumn"):
    return list(population(seed, SqliteCodeIndex(built_index()), 0, count, WISH))


def contents(folder):
    """Every file of `folder` with its bytes, however deep."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
