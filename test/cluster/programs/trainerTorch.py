"""The Hugging Face Trainer itself, with PyTorch and DeepSpeed: it is given a model and some numbers, and no word of DeepSpeed."""

import json

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

model = BertForSequenceClassification(
    BertConfig(vocab_size=9, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8)
)
data = [{"input_ids": torch.tensor([1, 2, 3]), "labels": torch.tensor(number % 2)} for number in range(8)]
arguments = TrainingArguments(
    output_dir="/tmp/output",
    max_steps=2,
    per_device_train_batch_size=2,
    save_strategy="no",
    report_to="none",
    ddp_backend="gloo",  # without GPUs, Accelerate counts the ranks only where it is told how they talk
)
trainer = Trainer(model=model, args=arguments, train_dataset=data)
trainer.train()
engine = trainer.deepspeed
print(
    json.dumps(
        {
            "engine": type(engine).__name__,
            "stage": engine.zero_optimization_stage(),
            "ranks": arguments.world_size,
            "steps": trainer.state.global_step,
            "batch": engine.train_micro_batch_size_per_gpu(),
            "clipping": engine.gradient_clipping(),
        }
    )
)
