"""`python -m benchmarks`: the population run and one business online, each beside its peers in one run."""

from benchmarks import online, population


def main() -> None:
    print(population.table(population.measure()), flush=True)
    print()
    print(online.table(online.measure()))


if __name__ == "__main__":
    main()
