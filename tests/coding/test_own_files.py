"""Code files that a site brings itself: CMS's HCPCS file, a school's licensed list."""

import pytest

from app.coding.editions import SqliteCodeIndex
from app.coding.own_files import BadCodeFile, read_cpt, read_hcpcs
from app.coding.site_codes import import_items

# No real CPT code stands in this repository: a list of made-up ones, of the right shape, stands for a school's.
LIST = "code\tdescriptor\n00001\tMade-up service one\n00002\tMade-up service two, longer\n0003T\tMade-up new service\n"


def _record(code, said, kind="3", added="20020101", ended="", sequence="001"):
    head = f"{code:>5}{sequence}00{kind}{said:<80}{said[:28]:<28}".ljust(268)
    return f"{head}{added:8}{added:8}{ended:8}N".ljust(320)


CMS = "\n".join([
    _record("A1", "Dressing for one wound", "7"), _record("A0021", "Ambulance service, outside state"),
    _record("E0144", "Walker, enclosed, four sided framed, rigid or folding, wheeled with posterior"),
    _record("E0144", "seat", "4"), _record("J2150", "Injection, mannitol, 25% in 50 ml", ended="20250930")])
CSV = ("HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n"
       "   A1,0010,7,Dressing for one wound,Dressing,20020701,20020701,,N\n"
       'A0021,0010,3,"Ambulance service, outside state",Outside state,19850101,19960910,,N\n')


@pytest.fixture
def file(tmp_path):
    def write(text, name="list.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path
    return write


def test_the_official_file_is_read_by_its_columns(file):
    found = {item.code: item for item in read_hcpcs(file(CMS))}
    assert set(found) == {"A0021", "E0144", "J2150"}  # the modifier is none
    assert found["E0144"].title.endswith("wheeled with posterior seat")
    assert (found["J2150"].first, found["J2150"].last) == (20_020_101, 20_250_930)


def test_the_official_file_as_csv(file):
    assert [(i.code, i.title, i.first) for i in read_hcpcs(file(CSV))] == [
        ("A0021", "Ambulance service, outside state", 19_850_101)]


def test_a_licensed_list_is_read_with_or_without_headings(file):
    assert [item.code for item in read_cpt(file(LIST))] == ["00001", "00002", "0003T"]
    assert [item.title for item in read_cpt(file('00001,"Made up, one"\n'))] == ["Made up, one"]


@pytest.mark.parametrize(("text", "said"), [
    (b"PK\x03\x04rest", "unpack"), ("", "no HCPCS Level II code"), ("hello\n", "list.txt:1: expected the record kind"),
    (CMS + "\n" + _record("12345", "A service"), "list.txt:6: '12345' is no HCPCS"),
    (CMS + "\n" + _record("D0120", "A tooth"), "list.txt:6: 'D0120' is no HCPCS"),
    (CMS + "\n" + _record("A0021", "Again"), "list.txt:6: A0021 stands in line 2"),
    (_record("A0021", "A ride", added="2002x101"), "list.txt:1: '2002x101' is no day"),
    ("HCPC,RECID\nA0021,3\n", "list.txt:1: the heading 'LONG DESCRIPTION' is missing"),
])
def test_a_bad_official_file_is_told_with_its_line(file, text, said):
    with pytest.raises(BadCodeFile) as told:
        read_hcpcs(file(text))
    assert said in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(("text", "said"), [
    ("code,descriptor\n", "no code in it"), ("00001\n", "list.txt:1: expected a code and a descriptor"),
    ("00001,One\nABCDE,Two\n", "list.txt:2: 'ABCDE' is no CPT code"),
    ("00001,One\n00001,Two\n", "list.txt:2: 00001 stands"),
    ("00001,\n", "list.txt:1: expected a code and a descriptor"),
])
def test_a_bad_licensed_list_is_told_with_its_line(file, text, said):
    with pytest.raises(BadCodeFile) as told:
        read_cpt(file(text))
    assert said in str(told.value)


def test_what_is_imported_is_found_on_this_site_at_once(built, tmp_path, file):
    own = tmp_path / "own_codes.sqlite"
    index = SqliteCodeIndex(built, own)
    assert index.search_in(("cpt",), "made-up", 5) == ()
    import_items(own, "cpt", "list.txt", read_cpt(file(LIST)))
    assert [hit.code for hit in index.search_in(("cpt",), "made-up two", 1)] == ["00002"]
    assert [hit.code for hit in index.search_in(("cpt",), "0000", 5)] == ["00001", "00002"]
    assert index.own[0].count == 3


def test_the_official_file_stands_for_the_subset_and_leaves_the_license_alone(built, tmp_path, file):
    own = tmp_path / "own_codes.sqlite"
    index = SqliteCodeIndex(built, own)
    import_items(own, "cpt", "list.txt", read_cpt(file(LIST)))
    import_items(own, "hcpcs", "cms.txt", read_hcpcs(file(CMS)))
    assert [o.system for o in index.own] == ["cpt", "hcpcs"]
    assert index.item("hcpcs", "A0021").title.startswith("Ambulance service")
    assert index.item("hcpcs", "E0143") is None  # the imported file does not have it
    assert index.item("cpt", "00001") is not None


def test_an_import_that_stops_leaves_what_was_there(built, tmp_path, file):
    own = tmp_path / "own_codes.sqlite"
    import_items(own, "cpt", "list.txt", read_cpt(file(LIST)))
    before = own.read_bytes()

    def stop():
        yield read_cpt(file(LIST))[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_items(own, "cpt", "new.txt", stop())
    assert own.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.txt", "own_codes.sqlite"]


def test_the_command_imports_and_refuses(app, tmp_path, file):
    run = app.test_cli_runner().invoke
    good = run(args=["codes", "import", "cpt", str(file(LIST))])
    assert good.exit_code == 0, good.output
    assert "3 codes of list.txt" in good.output
    for words in (["cpt", str(file("x\n", "bad.txt"))], ["cpt", str(tmp_path / "none.txt")], ["hcpcs"], ["icd", "x"]):
        bad = run(args=["codes", "import", *words])
        assert bad.exit_code == 2, words
        assert len(bad.stderr.strip().splitlines()) == 1, bad.stderr
