"""`python -m benchmarks`: the population run and one business online beside their peers; search; the log."""

from benchmarks import audit, online, population, search


def main() -> None:
    print(population.table(population.measure()), flush=True)
    print()
    print(online.table(online.measure()), flush=True)
    print()
    print(search.table("SQLite", search.measure()))
    print()
    print(audit.table("SQLite", audit.measure()))


if __name__ == "__main__":
    main()
