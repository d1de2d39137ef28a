"""Writes what TensorBoard shows below the folder that is named, and stays."""
import sys
import time

from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter

if len(sys.argv) > 1:
    writer = EventFileWriter(sys.argv[1])
    for step in range(5):
        summary = Summary(value=[Summary.Value(tag='loss', simple_value=1 / (step + 1))])
        writer.add_event(Event(step=step, wall_time=time.time(), summary=summary))
    writer.close()
print('written', flush=True)
while True:
    time.sleep(60)
