#!/bin/sh
# Make .venv and put the locked uv into it. Needs only Python 3.11 or newer; everything later is uv's work.
set -eu

python=
for candidate in python3.13 python3.12 python3.11 python3.14 python3; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Python 3.11 or newer is needed and was not found (python3 is $(python3 --version 2>&1 || true))." >&2
  exit 1
fi
if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
  echo "This Python has no venv module. On Debian or Ubuntu: apt-get install python3-venv" >&2
  exit 1
fi

if ! .venv/bin/python -c '' >/dev/null 2>&1; then
  "$python" -m venv --clear .venv
fi
# The lock's own lines for uv, hashes included, so that the bootstrap is pinned like everything else.
awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements.lock > .venv/uv.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock
touch .venv/.uv
