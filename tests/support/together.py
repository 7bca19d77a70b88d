"""Several who do something at once, each in a thread and on a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection


def together(refusal: type[Exception], *works: Callable[[], object]) -> list[object]:
    """What each work returned, or the refusal it raised; all are begun at once."""
    start, told = threading.Barrier(len(works)), list[object]()

    def one(work: Callable[[], object]) -> None:
        try:
            start.wait()
            told.append(work())
        except refusal as refused:
            told.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told
