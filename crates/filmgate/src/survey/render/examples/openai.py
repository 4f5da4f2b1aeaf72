"""Orders one film and prints its link. Python 3.9 or newer, no packages; the key comes from __KEY__, if there is one."""
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

BASE = "__BASE__"
HEADERS = {"Authorization": "Bearer " + os.environ.get("__KEY__", ""), "User-Agent": "film-example/1"}
FIELDS = __FIELDS__

boundary = uuid.uuid4().hex
disposition = f"--{boundary}\r\nContent-Disposition: form-data; name="
form = "".join(f'{disposition}"{name}"\r\n\r\n{value}\r\n' for name, value in FIELDS.items()).encode()
__PICTURE__form += f"--{boundary}--\r\n".encode()
content_type = {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def call(path, body=None, more=None):
    request = urllib.request.Request(BASE + path, data=body, headers={**HEADERS, **(more or {})})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


# If this ends without a reply, the film may be ordered and paid nevertheless: look before you order again.
status, created = call("/videos", form, content_type)
if status not in (200, 201, 202):
    sys.exit(f"refused: HTTP {status}, {created.decode(errors='replace')}")
id = json.loads(created)["id"]
print(f"id {id}", file=sys.stderr)

film = "/videos/" + urllib.parse.quote(id, safe="")
for _ in range(360):  # half an hour
    try:
        job = json.loads(call(film)[1])
    except (OSError, ValueError) as error:
        print(f"read again: {error}", file=sys.stderr)  # the film is made nevertheless
        job = {}
    if job.get("status") == "completed":
        print(BASE + film + "/content")  # read it with the same key
        sys.exit(0)
    if job.get("status") in ("failed", "cancelled"):
        sys.exit(f"failed: {job.get('error')}")
    time.sleep(5)
sys.exit(f"not finished after half an hour; {id} may still end")
