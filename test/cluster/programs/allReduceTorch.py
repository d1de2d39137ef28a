"""The same with PyTorch, started by torchrun: an all-reduce over gloo."""

import os

import torch
import torch.distributed as dist

dist.init_process_group("gloo")
rank, size = dist.get_rank(), dist.get_world_size()
total = torch.tensor([(rank + 1) ** 2])
dist.all_reduce(total)
print(f"rank {rank} of {size} on {os.environ['NODE_NAME']}: sum {total.item()}", flush=True)
dist.destroy_process_group()
