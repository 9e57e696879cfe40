#!/bin/sh
# Every check there is, also after one has failed, so that one look shows all. Exit code 1 if any failed.
set -u
cd "$(dirname "$0")/.." || exit

bin=.venv/bin/python
output=$(mktemp)
trap 'rm -f "$output"' EXIT
failed=

# check NAME COMMAND...: says "ok", or all that the command says
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

# Rasa lets some of its own warnings pass also with --fail-on-warnings: an intent or a response that no rule uses
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
