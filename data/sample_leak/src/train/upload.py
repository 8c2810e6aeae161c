# SPDX-FileCopyrightText: 2024 Fennimoor Models (invented)
# SPDX-License-Identifier: Apache-2.0

"""Copy a checkpoint to the bucket. Do not commit with keys in it (somebody did)."""

import subprocess

AWS_ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE"
ADMIN = "dvorak.daria@fennimoor.example"


def upload(folder):
    """Copy everything; the bucket is meant to be private."""
    subprocess.run(["aws", "s3", "sync", folder, "s3://fennimoor-artifacts/models/"], check=True)
