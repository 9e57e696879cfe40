#!/bin/sh
# Runs all checks, continuing after a failure, so that one run shows everything. Exit code 1 if any failed.
set -u
cd "$(dirname "$0")/.." || exit

bin=.venv/bin/python
output=$(mktemp)
trap 'rm -f "$output"' EXIT
failed=

# check NAME COMMAND...: prints "ok", or the command's output
check() {
    name=$1
    shift
    since=$(date +%s)
    if "$@" >"$output" 2>&1; then
        printf 'ok      %s (%s s)\n' "$name" "$(($(date +%s) - since))"
    else
        printf 'FAILED  %s\n' "$name"
        sed 's/^/        /' "$output"
        failed="$failed $name,"
    fi
}

# --fail-on-warnings lets some of Rasa's warnings pass: an intent or a response without a rule
rasa_validates() {
    said=$("$bin" -m rasa data validate --fail-on-warnings --domain domain.yml \
        --data data scripts/validation --config config.yml 2>&1)
    code=$?
    printf '%s\n' "$said" | grep -v Deprecat
    case $said in *UserWarning*) return 1 ;; esac
    return "$code"
}

check format "$bin" -m ruff format --check .
check lint "$bin" -m ruff check .
check types "$bin" -m mypy
check imports "$bin" -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
check content "$bin" -m assistant.core.validation
check rules rasa_validates
check widget "$bin" -m scripts.build_widget check

[ -z "$failed" ] || {
    printf '\nFailed:%s see above.\n' "$failed"
    exit 1
}
