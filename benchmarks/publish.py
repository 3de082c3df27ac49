"""From `git clone` to the artifact that GitHub deploys, on a machine that remembers nothing: uv against pip.

Both end with `campaign build --publish` and a tar file, and keep no packages from run to run. The build's own share is
measured by itself. Packages come over the network, so the ratio depends on how far away they are.
"""

import os
import statistics
import subprocess
import tempfile
from pathlib import Path

from paired import PYTHON, compare, seconds

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
BEGIN = (
    'set -eu; rm -rf "$0" "$0-python"; git clone --quiet . "$0"; cp -r "$1" "$0-python"; cd "$0"; '
    'PATH="$0-python/bin:$PATH"; '
)
BUILD = "SITEURL=https://family.github.io/roof .venv/bin/campaign build --publish --output _site"
TAR = "; tar --dereference --directory _site -cf artifact.tar ."
UV = ".github/install; "
PIP = (
    "python -m venv .venv; .venv/bin/pip install --quiet --require-hashes --requirement requirements.txt;"
    " .venv/bin/pip install --quiet --no-deps --no-build-isolation --editable .; "
)


def main() -> None:
    os.environ |= {"UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:

        def run(script: str) -> list[str]:
            return ["bash", "-c", script, f"{folder}/clone", f"{folder}/python"]

        # What the machine brings: a Python with pip, and nothing else.
        subprocess.run([PYTHON, "-m", "venv", "--copies", f"{folder}/python"], check=True)

        compare("clone to artifact, uv / pip", run(BEGIN + UV + BUILD + TAR), run(BEGIN + PIP + BUILD + TAR), runs=RUNS)
        seconds(run(BEGIN + UV + BUILD))
        build = statistics.median(
            seconds(["bash", "-c", f'cd "{folder}/clone"; rm -rf .cache; {BUILD}']) for _ in range(RUNS)
        )
        print(f"the build by itself: {build:.3f} s")


if __name__ == "__main__":
    main()
