"""`python -m benchmarks`: the population run and one business beside peers; search, log, jobs, documents."""

from benchmarks import audit, documents, jobs, online, population, search


def main() -> None:
    print(population.table(population.measure()), flush=True)
    print()
    print(online.table(online.measure()), flush=True)
    print()
    print(search.table("SQLite", search.measure()))
    print()
    print(audit.table("SQLite", audit.measure()))
    print()
    print(jobs.table("SQLite", jobs.measure()))
    print()
    print(documents.table(documents.measure()))


if __name__ == "__main__":
    main()
