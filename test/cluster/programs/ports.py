"""A server for tests of port-forwards: the first line of a connection says what it does.

python3 ports.py ADDRESS PORT [SECONDS before it listens]
"""

import asyncio
import hashlib
import os
import socket
import struct
import sys
import time

connections = 0


async def serve(reader, writer):
    global connections
    connections += 1
    try:
        await talk(reader, writer)
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        connections -= 1
        writer.close()


async def talk(reader, writer):
    words = (await reader.readline()).decode().split()
    word, count = (words + ["", "0"])[:2]
    left = int(count) if count.isdigit() else 0
    if word == "GET":  # the least that a browser takes
        body = f"{os.environ.get('POD_NAME', '')} {os.getpid()}".encode()
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
    elif word == "ECHO":
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    elif word == "TAKE":  # so many bytes; answers with their hash
        digest = hashlib.sha256()
        while left:
            data = await reader.read(min(left, 1 << 16))
            if not data:
                return
            digest.update(data)
            left -= len(data)
        writer.write(digest.hexdigest().encode())
    elif word == "GIVE":  # so many bytes, then the end
        block = hashlib.sha256(b"block").digest() * 2048
        while left:
            data = block[: min(left, len(block))]
            writer.write(data)
            await writer.drain()
            left -= len(data)
    elif word == "HOLD":  # reads nothing for so many seconds, then all, and says how much
        await asyncio.sleep(left)
        size = 0
        while data := await reader.read(1 << 16):
            size += len(data)
            if size >= int(words[2]):
                break
        writer.write(str(size).encode())
    elif word == "TEAR":
        writer.write(b"half a word")
        await writer.drain()
        await asyncio.sleep(0.3)
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()
    elif word == "EOF":  # answers when nothing more comes
        size = len(await reader.read())
        writer.write(str(size).encode())
    elif word == "SLOW":  # a byte in a while
        for _ in range(left):
            await asyncio.sleep(0.2)
            writer.write(b".")
            await writer.drain()
    elif word == "COUNT":  # open connections, this one among them
        writer.write(str(connections).encode())
    if word != "TEAR":
        await writer.drain()


async def main(address, port, wait="0"):
    time.sleep(float(wait))
    server = await asyncio.start_server(serve, address, int(port), backlog=512)
    async with server:
        await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
