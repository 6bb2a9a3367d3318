#!/usr/bin/env python3
"""Runs the contract checker, which lies beside this project, against one instance with a second one as its friend.

    target/test-env/py/bin/python tests/clients/contract.py PATH-OF-contract.py [its options]

The lane is red when an operation shows `error`, `shape`, `status` or `missing`, or when a behaviour fails. The whole
report is in target/contract.txt.
"""
import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from taure import TARGET, Taure  # noqa: E402

checker, *options = sys.argv[1:]
alice, friend = Taure("alice", "Alice"), Taure("friend", "Friend")
alice.start()
friend.start()
secrets = []
for server in (alice, friend):
    file = server.folder / "token"
    file.write_text(server.sign_in())
    secrets.append(f"@{file}")
out, text = TARGET / "contract.json", TARGET / "contract.txt"
out.unlink(missing_ok=True)
with text.open("w") as report:
    subprocess.run([sys.executable, checker, "--base", alice.url, "--token", secrets[0], "--peer", friend.url,
                    "--peer-token", secrets[1], "--json", out, *options], stdout=report, stderr=subprocess.STDOUT,
                   check=False)
if not out.exists():
    sys.exit(text.read_text()[-2000:])
report = json.loads(out.read_text())
for wanted in ("error", "shape", "status", "missing"):
    for operation, found in report["operations"].items():
        if found["verdict"] == wanted:
            print(f"  {wanted:8}{operation}" + "".join(f"\n          {str(line)[:160]}" for line in found["details"][:2]))
for behaviour in report["behaviours"]:
    if behaviour["pass"] is False:
        print(f"  FAIL    {behaviour['name']}: {str(behaviour['evidence'])[:160]}")
print("contract:", ", ".join(f"{number} {verdict}" for verdict, number in report["tally"].items()),
      f"; {report['behaviours_passed']} of {len(report['behaviours'])} behaviours")
alice.stop()
friend.stop()
wrong = sum(report["tally"].get(verdict, 0) for verdict in ("error", "shape", "status", "missing"))
wrong += sum(behaviour["pass"] is False for behaviour in report["behaviours"])
sys.exit(f"{wrong} operations or behaviours are wrong" if wrong else 0)
