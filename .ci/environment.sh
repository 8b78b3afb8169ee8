#!/bin/sh
# Make .venv once, with a Python that is new enough. Made again when it was moved, half made, or its Python is gone.
set -eu

made=.venv/clearway-made
check='import sys; sys.exit(sys.version_info < (3, 11))'
if [ -f "$made" ] && [ "$(cat "$made")" = "$PWD" ] && .venv/bin/python -c "$check" 2>/dev/null; then
    exit 0
fi
python=$(.ci/find_python.sh)
echo "Making .venv with $("$python" --version) ..."
"$python" -m venv --clear .venv
echo "$PWD" >"$made"
