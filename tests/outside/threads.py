"""Writes labeled threads as lines that rejoinder reads, their labels left out.

    python tests/outside/threads.py ../shared/datasets/*threads_train.jsonl.gz | rejoinder analyze -f iccma -o FOLDER/ -
"""

import gzip
import json
import sys

for path in sys.argv[1:]:
    with gzip.open(path, "rt") as rows:
        for at, row in enumerate(rows):
            row = json.loads(row)
            comments = [{key: comment[key] for key in ["id", "parent", "text"]} for comment in row["comments"]]
            thread = {"schema": "rejoinder/thread@1", "id": f"{row['source']}-{at}", "comments": comments}
            print(json.dumps(thread))
