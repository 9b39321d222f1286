"""What a button stands for in the dialogue."""

import json

from assistant.names import Intent


def payload(intent: Intent, **entities: str) -> str:
    """Return the dialogue payload of a button."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}"
