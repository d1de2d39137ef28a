"""Counts up, a step at a time, and says so. `ranks N`: starts itself N times, as a launcher of ranks does."""
import os
import subprocess
import sys
import time


def step(number):
    doubled = number * 2
    return doubled


if sys.argv[1:2] == ['ranks']:
    for rank in range(int(sys.argv[2])):
        environment = {**os.environ, 'RANK': str(rank), 'LOCAL_RANK': str(rank)}
        subprocess.Popen([sys.executable, __file__], env=environment)
elif 'LOCAL_RANK' in os.environ:
    os.fork()  # a loader of data, as PyTorch makes them

count = 0
while True:
    count += 1
    print('step', count, step(count), flush=True)
    time.sleep(0.2)
