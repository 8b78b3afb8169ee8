"""Every acceptance check that this piece owes stands in the name of a test."""

from pathlib import Path

from tests.support import matrix

TESTS = Path("tests")


def test_every_acceptance_check_of_this_piece_stands_in_a_test_name() -> None:
    named = matrix.ids_in(matrix.test_names(matrix.sources(TESTS)))
    missing = [check for check in matrix.first_piece() if check not in named]
    assert missing == [], f"no test is named after {', '.join(missing)}"


def test_no_check_is_both_owed_now_and_put_off() -> None:
    owed = matrix.first_piece()
    assert len(owed) == len(set(owed)) == 51
    assert not set(owed) & set(matrix.COMES_WITH)


def test_ids_are_read_from_names_and_from_nothing_else() -> None:
    source = (
        "def test_k05_d01_enter_stays():\n    'S01'\nasync def test_x_r11():\n  pass\n# def test_t09_x(\n"
    )
    assert matrix.ids_in(matrix.test_names([source])) == {"K05", "D01", "R11"}
    assert matrix.ids_in(["test_ok05_is_no_id", "test_b0512_is_none"]) == set()
