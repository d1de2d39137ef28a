"""A training with the arguments and the checkpoints of the Hugging Face Trainer, which breaks down twice."""

import argparse
import json
import pathlib
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--output_dir", type=pathlib.Path)
parser.add_argument("--save_strategy")
parser.add_argument("--resume_from_checkpoint", type=pathlib.Path)
arguments = parser.parse_args()


def break_down(why):
    print(why, flush=True)
    sys.exit(1)


begun = arguments.resume_from_checkpoint
step = json.loads((begun / "trainer_state.json").read_text())["global_step"] if begun else 0
print(f"begins at step {step}", flush=True)
while step < 60:
    step += 10
    checkpoint = arguments.output_dir / f"checkpoint-{step}"
    checkpoint.mkdir(parents=True, exist_ok=True)
    state = json.dumps({"global_step": step}, indent=2) + "\n"
    # The first run breaks down while it writes its state of step 30, the second behind step 40.
    if step == 30 and not begun:
        (checkpoint / "trainer_state.json").write_text(state[:10])
        break_down("lost the GPU")
    (checkpoint / "trainer_state.json").write_text(state)
    if step == 40 and begun.name == "checkpoint-20":
        break_down("lost the GPU again")
print("training completed")
