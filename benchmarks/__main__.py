"""`python -m benchmarks`: the population run and one business online, each beside its peers; then search."""

from benchmarks import online, population, search


def main() -> None:
    print(population.table(population.measure()), flush=True)
    print()
    print(online.table(online.measure()), flush=True)
    print()
    print(search.table("SQLite", search.measure()))


if __name__ == "__main__":
    main()
