#!/bin/sh
# Two halves beside each other, about as long: all but the browser journeys on SQLite; and what touches the database
# on PostgreSQL, then the journeys, whose words come when both halves are over.
set -u

words=$(mktemp)
trap 'rm -f "$words"' EXIT

other_half() {
  running=
  told=0
  trap 'kill $running; exit 130' TERM
  HUIQI_TEST_DATABASE=postgres .venv/bin/pytest & running=$!
  wait $running || told=1
  .venv/bin/pytest tests/journeys & running=$!
  wait $running || told=1
  return $told
}

failed=0
other_half >"$words" 2>&1 & beside=$!
trap 'kill $beside; exit 130' INT TERM
.venv/bin/pytest --ignore=tests/journeys || failed=1
wait $beside || failed=1
cat "$words"
exit $failed
