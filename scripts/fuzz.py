"""Fuzzes a sandbox by its own OpenAPI document: ``make fuzz``.

Fails for a 500, and for every answer that breaks the schema that the document gives for it.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from vinr.sandbox import Sandbox

ROOT: Final = Path(__file__).resolve().parents[1]
KEY: Final = "sk_test_fuzz"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a fresh sandbox, let schemathesis at it, check the ledger; 0 if all is well."""
    parser = argparse.ArgumentParser(description="Fuzz a sandbox")
    parser.add_argument("--seconds", type=int, default=75, help="time for the fuzzing")
    parser.add_argument("--seed", type=int, default=1, help="the same requests in every run")
    options = parser.parse_args(arguments)
    with Sandbox(seed=options.seed) as sandbox, sandbox.serve() as base_url:
        origin = base_url.removesuffix("/v1")
        run = subprocess.run(
            [
                *(Path(sys.executable).with_name("schemathesis"), "--config-file"),
                *(ROOT / "scripts" / "schemathesis.toml", "run", f"{origin}/openapi.json"),
                *("--header", f"X-Api-Key: {KEY}", "--seed", str(options.seed)),
                *("--max-time", str(options.seconds), "--continue-on-failure"),
                *("--warnings", "off"),
            ],
            cwd=ROOT,
            check=False,
        )
        findings = sandbox.check()
    for finding in findings:
        print(f"{finding.account} breaks {finding.rule}: {finding.message}", file=sys.stderr)
    return run.returncode or bool(findings)


if __name__ == "__main__":
    sys.exit(main())
