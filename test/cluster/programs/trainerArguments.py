"""What the Hugging Face Trainer makes of its environment: TrainingArguments, with no word of DeepSpeed."""

import json
import os

from transformers import TrainingArguments
from transformers.integrations.deepspeed import is_deepspeed_zero3_enabled

arguments = TrainingArguments(output_dir="/tmp/output", use_cpu=True)
plugin = arguments.deepspeed_plugin
print(
    json.dumps(
        {
            "file": json.load(open(os.environ["DEEPSPEED_CONFIG"])),
            "path": os.environ["DEEPSPEED_CONFIG"],
            "environmentStage": os.environ.get("DEEPSPEED_ZERO_STAGE"),
            "argument": arguments.deepspeed,
            "stage": plugin and plugin.zero_stage,
            "offload": plugin and plugin.offload_optimizer_device,
            "zero3": is_deepspeed_zero3_enabled(),
            "used": plugin and plugin.deepspeed_config["zero_optimization"],
        }
    )
)
