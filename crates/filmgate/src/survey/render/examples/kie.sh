#!/bin/sh
# Orders one film and prints its link. Needs curl; the key comes from __KEY__.
set -eu
key=${__KEY__:?is not set}
base=__BASE__
body='__BODY__'

call() { curl -sS --max-time 60 -H "Authorization: Bearer $key" -H 'Content-Type: application/json' "$@"; }
# The first value of a member in the reply.
member() { printf '%s' "$reply" | grep -o "\"$1\" *: *\"\{0,1\}[^\",}]*" | head -n 1 | sed 's/^[^:]*: *"\{0,1\}//'; }

# If this ends without a reply, the film may be ordered and paid nevertheless: look before you order again.
reply=$(call --data "$body" "$base__CREATE__")
if [ -z "$(member code)" ]; then
  echo "no answer that can be read; the film may be ordered: $reply" >&2
  exit 1
fi
if [ "$(member code)" != 200 ]; then # HTTP 200 alone is no success: code === 200 is
  echo "refused: $reply" >&2
  exit 1
fi
task=$(member taskId)
echo "task $task" >&2

tries=0
while [ "$tries" -lt 360 ]; do # half an hour
  # A read may fail now and then; the film is made nevertheless.
  reply=$(call "$base__RECORD__?taskId=$task") || reply=
  case $(member __STATE__) in
    __SH_DONE__)
      printf '%s' "$reply" | tr -d '\\' | grep -o '"resultUrls" *: *\[ *"[^"]*' | head -n 1 | sed 's/.*"//'
      exit 0
      ;;
    __SH_FAILED__)
      echo "failed: $reply" >&2
      exit 1
      ;;
  esac
  tries=$((tries + 1))
  sleep 5
done
echo "not finished after half an hour; task $task may still end: $reply" >&2
exit 1
