"""Fails unless a JSON result has facts and every one of them stands in the text exactly where it says."""

import json
import sys
from pathlib import Path

result = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
text, facts = result["document"]["text"], result["facts"]
wrong = [fact["id"] for fact in facts if text[slice(*fact["evidence"]["span"])] != fact["raw"]]
print(f"{result['document']['name']}: {len(facts)} facts, {len(wrong)} without exact evidence")
sys.exit(1 if wrong or not facts else 0)
