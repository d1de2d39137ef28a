"""A distributed training in small: every process of every node adds its number, and all learn the sum.

Process 0 of node 0 listens at MASTER_ADDR:MASTER_PORT, as torchrun does.
"""

import json
import os
import socket
import sys
import time

env = os.environ
for name in ("NNODES", "NODE_RANK", "NPROC_PER_NODE", "MASTER_ADDR", "MASTER_PORT"):
    assert env[name] == env["PET_" + name], name
nodes, node, local = int(env["NNODES"]), int(env["NODE_RANK"]), int(env["NPROC_PER_NODE"])
meeting = (env["MASTER_ADDR"], int(env["MASTER_PORT"]))
size = nodes * local


def connect():
    for _ in range(300):
        try:
            return socket.create_connection(meeting, timeout=30)
        except OSError:  # no address yet, or nobody listens yet
            time.sleep(0.1)
    raise TimeoutError(meeting)


def gather(mine):
    """What all ranks say, at rank 0; it answers each of them with all of it."""
    with socket.create_server(meeting) as server:
        server.settimeout(30)
        said, peers = [mine], []
        while len(said) < size:
            peer = server.accept()[0].makefile("rw")
            peers.append(peer)
            said.append(json.loads(peer.readline()))
        for peer in peers:
            peer.write(json.dumps(said) + "\n")
            peer.flush()
        return said


def all_reduce(rank):
    mine = {"rank": rank, "value": (rank + 1) ** 2}
    if rank == 0:
        return gather(mine)
    with connect() as connection:
        peer = connection.makefile("rw")
        peer.write(json.dumps(mine) + "\n")
        peer.flush()
        return json.loads(peer.readline())


children = []
for process in range(local):
    child = os.fork()
    if child == 0:
        rank = node * local + process
        said = all_reduce(rank)
        ranks = ",".join(str(one) for one in sorted(one["rank"] for one in said))
        total = sum(one["value"] for one in said)
        print(f"rank {rank} of {size} on {env['NODE_NAME']}: ranks {ranks}, sum {total}", flush=True)
        os._exit(0)
    children.append(child)
sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
