#!/bin/sh
# Make the pictures of the documents anew from the site as it is.
set -eu

HUIQI_PICTURES=1 .venv/bin/pytest tests/journeys/test_pictures.py
cp reports/documents/*.png docs/images/
