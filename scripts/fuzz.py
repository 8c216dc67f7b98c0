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
PLANNING: Final = "sandbox.faults.add"
WITHOUT_LINKS: Final = ("--phases", "examples,coverage,fuzzing")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a fresh sandbox, let schemathesis at it, check the ledger; 0 if all is well."""
    parser = argparse.ArgumentParser(description="Fuzz a sandbox")
    parser.add_argument("--seconds", type=int, default=80, help="time for the fuzzing")
    parser.add_argument("--seed", type=int, default=1, help="the same requests in every run")
    options = parser.parse_args(arguments)
    with Sandbox(seed=options.seed) as sandbox, sandbox.serve() as base_url:
        document = base_url.removesuffix("/v1") + "/openapi.json"
        common = [document, "--seed", str(options.seed)]
        # planned faults would be met by the other operations; the control side meets none
        alone = max(10, options.seconds // 6)
        failed = [
            _fuzz(*common, *_seconds(options.seconds - alone), "--exclude-operation-id", PLANNING),
            _fuzz(*common, *_seconds(alone), "--include-operation-id", PLANNING, *WITHOUT_LINKS),
        ]
        findings = sandbox.check()
    for finding in findings:
        print(f"{finding.account} breaks {finding.rule}: {finding.message}", file=sys.stderr)
    return any(failed) or bool(findings)


def _seconds(seconds: int) -> list[str]:
    return ["--max-time", str(seconds)]


def _fuzz(*arguments: str) -> bool:
    schemathesis = str(Path(sys.executable).with_name("schemathesis"))
    config = str(ROOT / "scripts" / "schemathesis.toml")
    always = ["--header", f"X-Api-Key: {KEY}", "--continue-on-failure", "--warnings", "off"]
    command = [schemathesis, "--config-file", config, "run", *arguments, *always]
    return subprocess.run(command, cwd=ROOT, check=False).returncode != 0


if __name__ == "__main__":
    sys.exit(main())
