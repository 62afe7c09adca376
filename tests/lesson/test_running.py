from concurrent.futures import ThreadPoolExecutor

from unspiral.lesson.running import Session


def test_what_other_threads_print_is_not_taken_for_the_chapters() -> None:
    def run(number: int) -> str:
        return Session().run(f"for _ in range(1000):\n    print({number})")

    with ThreadPoolExecutor() as pool:
        for number, printed in enumerate(pool.map(run, range(8))):
            assert printed == f"{number}\n" * 1000


def test_sessions_share_nothing() -> None:
    Session().run("a = 1")
    assert Session().value("'a' in globals()") == "False"
