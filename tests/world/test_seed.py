from app.world.seed import Seed, Weights


def test_the_same_path_gives_the_same_draws():
    assert Seed("autumn").child("patient", 3).stream().digits(20) == Seed("autumn/patient/3").stream().digits(20)


def test_draws_are_pinned_so_that_no_upgrade_changes_a_case():
    assert Seed("autumn").stream().digits(12) == "706586272101"


def test_neighboring_seeds_differ():
    drawn = {Seed("autumn").child("patient", i).stream().digits(12) for i in range(200)}
    assert len(drawn) == 200


def test_whole_numbers_stay_within_both_ends_and_reach_them():
    stream = Seed("dice").stream()
    assert {stream.whole(1, 6) for _ in range(500)} == {1, 2, 3, 4, 5, 6}


def test_weights_are_respected():
    stream = Seed("weights").stream()
    drawn = [stream.weighted([("often", 9), ("seldom", 1), ("never", 0)]) for _ in range(1000)]
    assert 850 < drawn.count("often") < 950
    assert "never" not in drawn


def test_shuffling_keeps_every_member():
    assert sorted(Seed("cards").stream().shuffled(range(52))) == list(range(52))


def test_long_draws_are_pinned_too():
    assert Seed("autumn").long_stream().digits(12) == "171336374764"


def test_weights_added_up_once_draw_what_weighted_draws():
    pairs = [("often", 9), ("never", 0), ("seldom", 1)]
    one, other = Seed("weights").stream(), Seed("weights").stream()
    assert [one.of(Weights(pairs)) for _ in range(300)] == [other.weighted(pairs) for _ in range(300)]
