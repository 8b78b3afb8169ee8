#!/bin/sh
# Print the first Python that can build the environment (3.11 or newer, with venv), or say exactly what to type.
set -u

newest=""
for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    path=$(command -v "$name" 2>/dev/null) || continue
    version=$("$path" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    [ -n "$newest" ] || newest="$path $version"
    "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$path" -c 'import venv, ensurepip' 2>/dev/null; then
        echo "$path"
        exit 0
    fi
    without_venv="${without_venv:-$version}"
done

{
    if [ -n "${without_venv:-}" ]; then
        echo "Python $without_venv is here, but it cannot make virtual environments. On Debian or Ubuntu type:"
        echo "    sudo apt-get install -y python3-venv python${without_venv}-venv"
        echo "Then type the same make command again."
    elif [ -n "$newest" ]; then
        echo "Clearway needs Python 3.11 or newer. The one found is ${newest#* } (${newest% *})."
        echo "On Debian 12 or newer, or Ubuntu 24.04 or newer, type:"
        echo "    sudo apt-get install -y python3 python3-venv"
        echo "If a newer Python is somewhere else, name it: make run PYTHON=/path/to/python3.12"
    else
        echo "Clearway needs Python 3.11 or newer, and none was found. On Debian 12 or newer, or Ubuntu 24.04 or newer, type:"
        echo "    sudo apt-get install -y python3 python3-venv"
    fi
} >&2
exit 1
